// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/edit.h"

#include <QString>

namespace nunatak::ui::editing {

/// "+0.012 km² (+0.6 %)": what an edit does to the area of the outlines that it changes, measured on the map
/// (a projection's scale makes a difference of some tenths of a percent of it). Empty where it does nothing
/// to it.
QString areaChangeText(const nunatak::editing::Edit& edit);

} // namespace nunatak::ui::editing
