// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/layer_combo.h"

#include <QComboBox>

namespace nunatak::ui {

void fillLayers(QComboBox& box, const QStringList& layers, const LayerTitle& title, const QString& wanted) {
    const QString chosen = chosenLayer(box);
    box.clear();
    for (const auto& layer : layers) {
        box.addItem(title ? title(layer) : layer, layer);
    }
    const auto index = layers.indexOf(layers.contains(chosen) ? chosen : wanted);
    if (index >= 0) {
        box.setCurrentIndex(static_cast<int>(index));
    }
}

QString chosenLayer(const QComboBox& box) {
    return box.currentData().toString();
}

} // namespace nunatak::ui
