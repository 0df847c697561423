// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/picture_widgets.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/marginalia/color_bar.h"
#include "ui/terrain/color_map.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QIcon>
#include <QSlider>

#include <cmath>

namespace nunatak::ui::ground {

using marginalia::colorMapSwatch;

QWidget* rowOf(std::initializer_list<QWidget*> widgets) {
    auto* row = owned<QWidget>();
    auto* layout = owned<QHBoxLayout>(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    for (auto* widget : widgets) {
        layout->addWidget(widget);
    }
    return row;
}

QComboBox* narrowChoice(const QString& objectName) {
    auto* box = owned<QComboBox>();
    box->setObjectName(objectName);
    // Else its longest entry says how wide the whole panel must be.
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(5);
    return box;
}

QComboBox* colorMapChoice(const QString& objectName) {
    auto* box = narrowChoice(objectName);
    box->setIconSize({48, 14});
    for (const auto& map : terrain::colorMaps()) {
        box->addItem(colorMapSwatch(map.name), text(map.name), text(map.name));
    }
    return box;
}

QSlider* shareSlider(const QString& objectName, const QString& tip) {
    auto* slider = owned<QSlider>(Qt::Horizontal);
    slider->setObjectName(objectName);
    slider->setRange(0, 100);
    slider->setPageStep(10);
    slider->setToolTip(tip);
    return slider;
}

int percentOf(double share) {
    return static_cast<int>(std::lround(share * 100));
}

} // namespace nunatak::ui::ground
