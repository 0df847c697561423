// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_state.h"

#include <QString>

namespace nunatak::ui {

/// "accepted", "changed", "as it came", "no glacier" …
QString stateText(outlines::OutlineState state);

} // namespace nunatak::ui
