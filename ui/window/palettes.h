// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>

namespace nunatak::ui::window {

enum class Colors { Light, Dark };

/// All colours of the window around the view.
QPalette paletteOf(Colors colors);

} // namespace nunatak::ui::window
