// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace nunatak::ui::window {

void showAbout(QWidget* parent);

} // namespace nunatak::ui::window
