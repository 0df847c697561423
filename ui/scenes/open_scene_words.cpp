// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenes/open_scene_words.h"

#include "ui/base/format.h"
#include "ui/scenes/open_scene_dialog.h"
#include "ui/terrain/display_stretch.h"

#include <QImage>

#include <algorithm>
#include <cmath>

namespace nunatak::ui::scenes {

std::vector<std::pair<QString, QString>> featureWords() {
    return {{QString(), OpenSceneDialog::tr("not used")},
            {QStringLiteral("optical"), OpenSceneDialog::tr("optical")},
            {QStringLiteral("dem"), OpenSceneDialog::tr("elevation")},
            {QStringLiteral("co_pol_sar"), OpenSceneDialog::tr("radar, co-polarised")},
            {QStringLiteral("cross_pol_sar"), OpenSceneDialog::tr("radar, cross-polarised")},
            {QStringLiteral("in_sar"), OpenSceneDialog::tr("coherence")},
            {QStringLiteral("thermal"), OpenSceneDialog::tr("thermal")},
            {QStringLiteral("quality"), OpenSceneDialog::tr("flags")}};
}

QString featureWord(const QString& feature) {
    for (const auto& [name, words] : featureWords()) {
        if (feature == name) {
            return words;
        }
    }
    return feature;
}

QString readAs(const scene::SceneRaster& raster) {
    switch (raster.conversion) {
    case scene::Conversion::BrightnessTemperature:
        return OpenSceneDialog::tr("brightness temperature");
    case scene::Conversion::Decibels:
        return OpenSceneDialog::tr("dB to power");
    case scene::Conversion::Amplitude:
        return OpenSceneDialog::tr("amplitude to power");
    case scene::Conversion::None:
        break;
    }
    if (!raster.heightReference.empty()) {
        return text(raster.heightReference);
    }
    if (raster.scale == 1 && raster.offset == 0) {
        return raster.flags.empty() ? OpenSceneDialog::tr("as stored") : OpenSceneDialog::tr("to look at");
    }
    return OpenSceneDialog::tr("× %1 %2 %3")
        .arg(raster.scale, 0, 'g', 4)
        .arg(raster.offset < 0 ? QStringLiteral("−") : QStringLiteral("+"))
        .arg(std::abs(raster.offset), 0, 'g', 4);
}

QString joinedNames(const std::vector<std::string>& names) {
    QStringList list;
    for (const auto& name : names) {
        list << text(name);
    }
    return list.join(QStringLiteral(", "));
}

QPixmap bandStrip(const Image<float>& preview) {
    constexpr int gap = 2;
    if (preview.empty()) {
        return {};
    }
    QImage picture((preview.columns() + gap) * preview.bands(), preview.rows(), QImage::Format_ARGB32);
    picture.fill(Qt::transparent);
    for (int band = 0; band < preview.bands(); ++band) {
        const auto stretch = terrain::percentileStretch(preview.band(band), preview.bandSize());
        const float range = std::max(stretch.high - stretch.low, 1e-6F);
        for (int row = 0; row < preview.rows(); ++row) {
            for (int column = 0; column < preview.columns(); ++column) {
                const float value = preview.at(band, row, column);
                if (!std::isnan(value)) {
                    const int grey =
                        std::clamp(static_cast<int>(255 * (value - stretch.low) / range), 0, 255);
                    picture.setPixel(band * (preview.columns() + gap) + column, row, qRgb(grey, grey, grey));
                }
            }
        }
    }
    return QPixmap::fromImage(picture);
}

} // namespace nunatak::ui::scenes
