// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "ui/tools/proposal.h"

namespace nunatak::ui::tools {

/// Why it is not done, at the pointer, and on the ground where the reason lies, where it has a place.
void sayWhyNot(const Error& error, Proposal& proposal);

} // namespace nunatak::ui::tools
