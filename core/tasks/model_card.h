// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/registry.h"

#include <string>

namespace nunatak::tasks {

/// What a model is, from what it learnt, how it was measured and what it is not for, as Markdown. Throws
/// Error where its record is damaged.
std::string modelCard(const models::StoredModel& model);

} // namespace nunatak::tasks
