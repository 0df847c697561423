// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QApplication;

namespace nunatak::ui {

/// Style, palette and icons; the same on every desktop. Call it once, before the first window.
void applyAppearance(QApplication& application);

} // namespace nunatak::ui
