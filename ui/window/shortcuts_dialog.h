// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMainWindow;

namespace nunatak::ui::window {

/// What keys, mouse and trackpad do; the keys are taken from the window's menus, so none is forgotten.
void showShortcuts(QMainWindow& window);

} // namespace nunatak::ui::window
