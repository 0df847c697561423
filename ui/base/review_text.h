// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <QString>

namespace nunatak::ui {

/// "A. Meier, 30 Nov 2026 10:45", in this machine's time; empty where nobody said anything.
QString reviewerText(const outlines::ReviewRecord& record);

} // namespace nunatak::ui
