// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/view_state.h"

#include "outlines/strokes.h"
#include "ui/base/format.h"
#include "ui/session/drape_state.h"
#include "ui/terrain/stroke_colors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <map>
#include <string_view>

namespace nunatak::ui::session {

namespace {

constexpr auto settingKey = "view";
constexpr int viewVersion = 2; // since there are inventories and references

constexpr double referenceWidth = 1.2; // thin: what is edited comes first

constexpr double strokeOpacity = 0.6;

constexpr double pointWidth = 8; // across: a dot has no length to be seen by

/// Earth for debris, water for lakes, and what is neither ice nor rock for lines and points.
QColor colorOf(const outlines::SideKind& kind) {
    const auto made = [](const std::array<int, 3>& rgb) { return QColor(rgb[0], rgb[1], rgb[2]); };
    static const std::map<std::string_view, QColor> colors{
        {"debris_cov", QColor(205, 133, 63)},
        {"supra_lake", QColor(64, 224, 208)},
        {"pro_lake", QColor(65, 105, 225)},
        {"snow_line", QColor(190, 120, 255)},
        {"centerline", QColor(120, 230, 90)},
        {"terminus", QColor(255, 90, 60)},
        {"highest", QColor(255, 255, 140)},
        {"lowest", QColor(255, 160, 200)},
        {"reviewed_ground", QColor(0, 200, 170)},
        {outlines::iceStroke, made(terrain::strokeOfIce)},
        {outlines::noIceStroke, made(terrain::strokeOfNoIce)}};
    return colors.at(kind.term);
}

int rankOf(outlines::LayerKind kind) {
    switch (kind) {
    case outlines::LayerKind::Side:
    case outlines::LayerKind::Inventory:
        return 0;
    case outlines::LayerKind::Predicted:
        return 1;
    case outlines::LayerKind::Expert:
        return 2;
    }
    return 3;
}

} // namespace

ViewState readViewState(const project::Project& project) {
    ViewState state;
    const auto stored = project.setting(settingKey);
    if (!stored) {
        return state;
    }
    const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(*stored)).object();
    state.camera = object[QStringLiteral("camera")].toString();
    state.exaggeration = std::clamp(object[QStringLiteral("exaggeration")].toDouble(1), 0.5, 5.0);
    state.flatMap = object[QStringLiteral("flatMap")].toBool();
    state.hiddenOutlines = object[QStringLiteral("hiddenOutlines")].toBool();
    state.drape = drapeFromJson(object[QStringLiteral("drape")].toObject());
    const auto bands = object[QStringLiteral("ownBands")].toArray();
    for (std::size_t i = 0; i < state.ownBands.size(); ++i) {
        state.ownBands[i] = bands[static_cast<qsizetype>(i)].toString().toStdString();
    }
    state.overlay = object[QStringLiteral("overlay")].toString();
    for (const auto& file : object[QStringLiteral("overlayFiles")].toArray()) {
        state.overlayFiles << file.toString();
    }
    state.scene = object[QStringLiteral("scene")].toString();
    state.selectedLayer = object[QStringLiteral("selectedLayer")].toString();
    state.selectedUuid = object[QStringLiteral("selectedUuid")].toString();
    const bool isOfBefore = !object.contains(QStringLiteral("version"));
    for (const auto& entry : object[QStringLiteral("layers")].toArray()) {
        const auto layer = entry.toObject();
        state.layers.push_back({layer[QStringLiteral("name")].toString(),
                                {QColor(layer[QStringLiteral("color")].toString()),
                                 std::clamp(layer[QStringLiteral("width")].toDouble(2), 0.5, 8.0),
                                 std::clamp(layer[QStringLiteral("opacity")].toDouble(1), 0.05, 1.0)},
                                layer[QStringLiteral("visible")].toBool(true)});
        auto& look = state.layers.back().look;
        const auto name = state.layers.back().name.toStdString();
        if (isOfBefore && look.width == LineLook().width && project.hasLayer(name) &&
            outlines::isReference(project.layer(name).kind)) {
            look.width = referenceWidth; // it was as wide as the others, and nobody had chosen that
        }
    }
    return state;
}

void writeViewState(const ViewState& state, project::Project& project) {
    QJsonArray layers;
    for (const auto& layer : state.layers) {
        layers.append(QJsonObject{{QStringLiteral("name"), layer.name},
                                  {QStringLiteral("color"), layer.look.color.name()},
                                  {QStringLiteral("width"), layer.look.width},
                                  {QStringLiteral("opacity"), layer.look.opacity},
                                  {QStringLiteral("visible"), layer.visible}});
    }
    QJsonArray ownBands;
    for (const auto& band : state.ownBands) {
        ownBands.append(text(band));
    }
    const QJsonObject object{{QStringLiteral("version"), viewVersion},
                             {QStringLiteral("camera"), state.camera},
                             {QStringLiteral("exaggeration"), state.exaggeration},
                             {QStringLiteral("flatMap"), state.flatMap},
                             {QStringLiteral("hiddenOutlines"), state.hiddenOutlines},
                             {QStringLiteral("drape"), toJson(state.drape)},
                             {QStringLiteral("ownBands"), ownBands},
                             {QStringLiteral("overlay"), state.overlay},
                             {QStringLiteral("overlayFiles"), QJsonArray::fromStringList(state.overlayFiles)},
                             {QStringLiteral("scene"), state.scene},
                             {QStringLiteral("selectedLayer"), state.selectedLayer},
                             {QStringLiteral("selectedUuid"), state.selectedUuid},
                             {QStringLiteral("layers"), layers}};
    const auto written = QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    if (project.setting(settingKey) != written) {
        project.setSetting(settingKey, written);
    }
}

std::vector<ViewState::Layer> orderedLayers(const std::vector<ViewState::Layer>& stored,
                                            const std::vector<outlines::LayerInfo>& existing) {
    const auto infoOf = [&existing](const QString& name) {
        return std::find_if(existing.begin(), existing.end(),
                            [&name](const outlines::LayerInfo& info) { return text(info.name) == name; });
    };
    std::vector<ViewState::Layer> layers;
    std::copy_if(stored.begin(), stored.end(), std::back_inserter(layers),
                 [&](const auto& layer) { return infoOf(layer.name) != existing.end(); });
    std::map<outlines::LayerKind, int> ofKind;
    for (const auto& info : existing) {
        const auto* side = outlines::sideKindOf(info);
        const auto color = side != nullptr ? colorOf(*side) : defaultColor(info.kind, ofKind[info.kind]++);
        const auto same = std::find_if(layers.begin(), layers.end(),
                                       [&](const auto& layer) { return layer.name == text(info.name); });
        if (same != layers.end()) {
            same->look.color = same->look.color.isValid() ? same->look.color : color;
            continue;
        }
        // Below the last one that it must not jump over, however the user has ordered them.
        const auto above = std::find_if(layers.rbegin(), layers.rend(), [&](const auto& layer) {
            return rankOf(infoOf(layer.name)->kind) <= rankOf(info.kind);
        });
        // What was scribbled lies over glaciers and is of no interest to most who look at them: faint, and
        // only when it is asked for.
        const bool isStroke = side != nullptr && outlines::isStroke(*side);
        const bool isPoints = side != nullptr && side->shape == geo::ShapeKind::Point;
        const double width = outlines::isReference(info.kind) ? referenceWidth
                             : isPoints                       ? pointWidth
                                                              : LineLook().width;
        layers.insert(above.base(),
                      {text(info.name), {color, width, isStroke ? strokeOpacity : 1.0}, !isStroke});
    }
    return layers;
}

QColor defaultColor(outlines::LayerKind kind, int index) {
    // Magenta, yellow and azure differ in lightness or in blueness, so they stay apart with any kind of
    // colour blindness; none of them is a colour of ice or rock in the usual composites. Side layers, whose
    // lines lie within or beside the others, are orange. The selection is white.
    const auto color = [kind] {
        switch (kind) {
        case outlines::LayerKind::Inventory:
            return QColor(80, 165, 255);
        case outlines::LayerKind::Predicted:
            return QColor(255, 80, 190);
        case outlines::LayerKind::Expert:
            return QColor(255, 221, 51);
        case outlines::LayerKind::Side:
            return QColor(255, 140, 40);
        }
        return QColor(Qt::white);
    }();
    return index == 0 ? color : color.darker(100 + 18 * std::min(index, 4));
}

} // namespace nunatak::ui::session
