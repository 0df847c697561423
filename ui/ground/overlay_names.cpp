// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/overlay_names.h"

#include <QCoreApplication>

#include <array>
#include <utility>

namespace nunatak::ui::ground {

namespace {

QString asText(const std::string& text) {
    return QString::fromStdString(text);
}

QString keyText(const std::string& key) {
    static constexpr std::array<std::pair<const char*, const char*>, 19> known{
        {{"cloud", QT_TRANSLATE_NOOP("Overlay", "Cloud")},
         {"cloud_shadow", QT_TRANSLATE_NOOP("Overlay", "Cloud shadow")},
         {"cirrus", QT_TRANSLATE_NOOP("Overlay", "Cirrus")},
         {"snow", QT_TRANSLATE_NOOP("Overlay", "Snow and ice")},
         {"cast_shadow", QT_TRANSLATE_NOOP("Overlay", "Cast shadow")},
         {"elevation", QT_TRANSLATE_NOOP("Overlay", "Elevation")},
         {"slope", QT_TRANSLATE_NOOP("Overlay", "Slope")},
         {"void", QT_TRANSLATE_NOOP("Overlay", "Filled voids of the elevation")},
         {"thermal", QT_TRANSLATE_NOOP("Overlay", "Temperature")},
         {"probability", QT_TRANSLATE_NOOP("Overlay", "Probability")},
         {"confidence", QT_TRANSLATE_NOOP("Overlay", "Confidence")},
         {"uncertainty", QT_TRANSLATE_NOOP("Overlay", "Uncertainty")},
         {"difference", QT_TRANSLATE_NOOP("Overlay", "Difference")},
         {"ascending", QT_TRANSLATE_NOOP("Overlay", "Ascending")},
         {"descending", QT_TRANSLATE_NOOP("Overlay", "Descending")},
         {"quality", QT_TRANSLATE_NOOP("Overlay", "the product's flag")},
         {"co_pol_sar", QT_TRANSLATE_NOOP("Overlay", "co-polarised radar")},
         {"cross_pol_sar", QT_TRANSLATE_NOOP("Overlay", "cross-polarised radar")},
         {"in_sar", QT_TRANSLATE_NOOP("Overlay", "coherence")}}};
    for (const auto& [name, shown] : known) {
        if (key == name) {
            return QCoreApplication::translate("Overlay", shown);
        }
    }
    return asText(key);
}

/// starter-v1-304fc9ca: the eight digits tell models of one name apart, which people need not read.
QString runText(const std::string& detail) {
    auto name = asText(detail);
    if (name.size() > 9 && name[name.size() - 9] == QLatin1Char('-')) {
        name.chop(9);
    }
    return name;
}

} // namespace

QString overlayText(const overlays::Overlay& overlay) {
    const auto name = keyText(overlay.key);
    if (overlay.detail.empty()) {
        return name;
    }
    const auto detail =
        overlay.origin == overlays::Origin::Prediction ? runText(overlay.detail) : keyText(overlay.detail);
    return QCoreApplication::translate("Overlay", "%1 (%2)").arg(name, detail);
}

QString overlayFile(const QString& id) {
    // Between "file:" and the number of the band.
    return id.startsWith(QLatin1String("file:")) ? id.mid(5, id.lastIndexOf(QLatin1Char('#')) - 5)
                                                 : QString();
}

QString overlayGroup(overlays::Origin origin) {
    switch (origin) {
    case overlays::Origin::Condition:
        return QCoreApplication::translate("Overlay", "What hides the glaciers");
    case overlays::Origin::Scene:
        return QCoreApplication::translate("Overlay", "The scene's own");
    case overlays::Origin::Prediction:
        return QCoreApplication::translate("Overlay", "Predictions");
    case overlays::Origin::Difference:
        return QCoreApplication::translate("Overlay", "Where outlines differ");
    case overlays::Origin::File:
        return QCoreApplication::translate("Overlay", "Added");
    }
    return {};
}

std::string overlayColors(const overlays::Overlay& overlay, const overlays::Range& range) {
    if (range.low == -range.high) {
        return "blue-red";
    }
    switch (overlay.quantity) {
    case overlays::Quantity::Share:
        return "blue-yellow";
    case overlays::Quantity::Flag:
        return "ember"; // whose brightest colour is none of rock, ice or shadow
    default:
        return overlay.key == "slope" ? "ember" : "blue-yellow";
    }
}

} // namespace nunatak::ui::ground
