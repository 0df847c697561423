// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace nunatak::ui {

class Actions;

/// What keys and mouse do, made from the actions themselves.
void showShortcuts(const Actions& actions, QWidget* parent);
void showAbout(QWidget* parent);

} // namespace nunatak::ui
