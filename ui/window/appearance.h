// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/window/palettes.h"

class QApplication;

namespace nunatak::ui::window {

/// Style and icons, the same on every desktop, in light colours. Call it once, before the first window.
void applyAppearance(QApplication& application);
/// Palette, style sheet and the icons' colours; at any time.
void applyColors(QApplication& application, Colors colors);

} // namespace nunatak::ui::window
