// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QComboBox;

namespace nunatak::ui {

/// What people read for a layer of this name; none: the name itself.
using LayerTitle = std::function<QString(const QString& layer)>;

/// Offers layers, by their titles. The chosen one stays, else `wanted` is chosen, else the first.
void fillLayers(QComboBox& box, const QStringList& layers, const LayerTitle& title,
                const QString& wanted = {});
/// Its name; empty where none is offered.
QString chosenLayer(const QComboBox& box);

} // namespace nunatak::ui
