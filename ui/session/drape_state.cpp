// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/drape_state.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <span>

namespace nunatak::ui::session {

namespace {

using terrain::DrapeStyle;

QString asText(const std::string& text) {
    return QString::fromStdString(text);
}

double numberOf(const QJsonObject& object, const char* key, double otherwise, double least, double most) {
    return std::clamp(object[QLatin1String(key)].toDouble(otherwise), least, most);
}

/// Takes over what is painted, and leaves how.
void takeKind(DrapeStyle& style, const DrapeStyle& kind) {
    const bool isOther = style.composite.name != kind.composite.name;
    style.kind = kind.kind;
    style.composite = kind.composite;
    if (isOther) {
        style.colorMap = kind.colorMap; // each kind has colours that suit it
    }
}

bool hasAll(const scene::Scene& scene, const terrain::Composite& composite) {
    return std::all_of(composite.bands.begin(), composite.bands.end(),
                       [&](const std::string& band) { return scene.hasBand(composite.feature, band); });
}

constexpr std::array<const char*, 3> stretchNames{"scene", "view", "fixed"}; // as StretchOf

QJsonArray asArray(std::span<const float> numbers) {
    QJsonArray array;
    for (const float number : numbers) {
        array.append(static_cast<double>(number));
    }
    return array;
}

std::vector<float> numbersOf(const QJsonValue& value) {
    std::vector<float> numbers;
    for (const auto& number : value.toArray()) {
        numbers.push_back(static_cast<float>(number.toDouble()));
    }
    return numbers;
}

QJsonObject asObject(const terrain::ViewStretch& stretch) {
    QJsonObject bands;
    for (const auto& spread : stretch.bands) {
        const float limits[] = {spread.percentiles.low, spread.percentiles.high, spread.range.low,
                                spread.range.high};
        bands[asText(spread.band)] = QJsonObject{{QStringLiteral("limits"), asArray(limits)},
                                                 {QStringLiteral("quantiles"), asArray(spread.quantiles)}};
    }
    return {{QStringLiteral("feature"), asText(stretch.feature)}, {QStringLiteral("bands"), bands}};
}

terrain::ViewStretch viewStretchOf(const QJsonObject& object) {
    terrain::ViewStretch stretch{object[QStringLiteral("feature")].toString().toStdString(), {}};
    const auto bands = object[QStringLiteral("bands")].toObject();
    for (auto band = bands.begin(); band != bands.end(); ++band) {
        const auto values = band.value().toObject();
        const auto limits = numbersOf(values[QStringLiteral("limits")]);
        if (limits.size() == 4 && limits[0] < limits[1] && limits[2] < limits[3]) {
            stretch.bands.push_back({band.key().toStdString(),
                                     {limits[0], limits[1]},
                                     {limits[2], limits[3]},
                                     numbersOf(values[QStringLiteral("quantiles")])});
        }
    }
    return stretch;
}

} // namespace

QJsonObject toJson(const DrapeStyle& style) {
    QJsonArray bands;
    for (const auto& band : style.composite.bands) {
        bands.append(asText(band));
    }
    const auto& overlay = style.overlay;
    return {
        {QStringLiteral("composite"), asText(style.composite.name)},
        {QStringLiteral("bands"), bands},
        {QStringLiteral("minMax"), style.stretch == terrain::StretchKind::MinMax},
        {QStringLiteral("stretchOf"), QLatin1String(stretchNames[static_cast<std::size_t>(style.stretchOf)])},
        {QStringLiteral("viewStretch"), asObject(style.viewStretch)},
        {QStringLiteral("gamma"), style.gamma},
        {QStringLiteral("colors"), asText(style.colorMap)},
        {QStringLiteral("shading"), style.shading},
        {QStringLiteral("allSides"), style.multidirectional},
        {QStringLiteral("sunAzimuth"), style.sun.azimuth},
        {QStringLiteral("sunElevation"), style.sun.elevation},
        {QStringLiteral("contours"), style.contourInterval},
        {QStringLiteral("overlayColors"), asText(overlay.colorMap)},
        {QStringLiteral("overlayLow"), overlay.low},
        {QStringLiteral("overlayHigh"), overlay.high},
        {QStringLiteral("overlayOpacity"), overlay.opacity}};
}

DrapeStyle drapeFromJson(const QJsonObject& object) {
    DrapeStyle style;
    style.composite.name = object[QStringLiteral("composite")].toString().toStdString();
    const auto bands = object[QStringLiteral("bands")].toArray();
    for (std::size_t i = 0; i < style.composite.bands.size(); ++i) {
        style.composite.bands[i] = bands[static_cast<qsizetype>(i)].toString().toStdString();
    }
    style.stretch = object[QStringLiteral("minMax")].toBool() ? terrain::StretchKind::MinMax
                                                              : terrain::StretchKind::Percentile;
    const auto of = std::find(stretchNames.begin(), stretchNames.end(),
                              object[QStringLiteral("stretchOf")].toString().toStdString());
    if (of != stretchNames.end()) {
        style.stretchOf = static_cast<terrain::StretchOf>(of - stretchNames.begin());
    }
    style.viewStretch = viewStretchOf(object[QStringLiteral("viewStretch")].toObject());
    style.gamma = numberOf(object, "gamma", style.gamma, 0.1, 10);
    style.colorMap = object[QStringLiteral("colors")].toString(asText(style.colorMap)).toStdString();
    style.shading = numberOf(object, "shading", style.shading, 0, 1);
    style.multidirectional = object[QStringLiteral("allSides")].toBool();
    style.sun.azimuth = numberOf(object, "sunAzimuth", style.sun.azimuth, 0, 360);
    style.sun.elevation = numberOf(object, "sunElevation", style.sun.elevation, 1, 90);
    style.contourInterval = numberOf(object, "contours", style.contourInterval, 0, 10'000);
    auto& overlay = style.overlay;
    overlay.colorMap =
        object[QStringLiteral("overlayColors")].toString(asText(overlay.colorMap)).toStdString();
    overlay.low = object[QStringLiteral("overlayLow")].toDouble(overlay.low);
    overlay.high = object[QStringLiteral("overlayHigh")].toDouble(overlay.high);
    overlay.opacity = numberOf(object, "overlayOpacity", overlay.opacity, 0, 1);
    return style;
}

DrapeStyle withKind(DrapeStyle style, const DrapeStyle& kind) {
    takeKind(style, kind);
    return style;
}

DrapeStyle drapeFor(const scene::Scene& scene, const DrapeStyle& wanted) {
    auto result = wanted;
    if (wanted.composite.name == terrain::bandsOfChoice) {
        result.kind = terrain::DrapeKind::Composite;
        if (hasAll(scene, result.composite)) {
            return result;
        }
    }
    const auto available = terrain::availableStyles(scene);
    const auto same = std::find_if(available.begin(), available.end(), [&](const DrapeStyle& style) {
        return style.composite.name == wanted.composite.name;
    });
    if (same != available.end()) {
        takeKind(result, *same);
    } else if (!available.empty()) {
        takeKind(result, available.front());
    } else {
        takeKind(result, {.composite = {"grey", {"red", "red", "red"}, "optical"}});
    }
    return result;
}

} // namespace nunatak::ui::session
