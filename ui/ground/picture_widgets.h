// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <initializer_list>

class QComboBox;
class QSlider;
class QWidget;

namespace nunatak::ui::ground {

/// Widgets beside each other in one row of a form.
QWidget* rowOf(std::initializer_list<QWidget*> widgets);
/// A choice that fits into a narrow panel.
QComboBox* narrowChoice(const QString& objectName);
/// All colour maps with their colours; a name is an item's data.
QComboBox* colorMapChoice(const QString& objectName);
/// From 0 to 100 %.
QSlider* shareSlider(const QString& objectName, const QString& tip);
int percentOf(double share);

} // namespace nunatak::ui::ground
