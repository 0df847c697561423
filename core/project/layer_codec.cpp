// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/utf8.h"
#include "outlines/side_kind.h"
#include "project/inventory.h"
#include "project/outline_codec.h"

namespace nunatak::project {

namespace {

outlines::LayerKind kindOf(const std::string& text) {
    if (text == kindOfBefore) {
        return outlines::LayerKind::Inventory;
    }
    try {
        return outlines::layerKindFromString(text);
    } catch (const Error&) {
        return outlines::LayerKind::Expert; // loading says so
    }
}

/// What other programs are told that the layer's table holds.
std::string geometryTypeOf(const outlines::LayerInfo& layer) {
    const outlines::SideKind* kind = outlines::sideKindOf(layer);
    switch (kind != nullptr ? kind->shape : geo::ShapeKind::Area) {
    case geo::ShapeKind::Polyline:
        return "MULTILINESTRING";
    case geo::ShapeKind::Point:
        return "POINT";
    case geo::ShapeKind::Area:
        break;
    }
    return "MULTIPOLYGON";
}

} // namespace

database::LayerRow toRow(const outlines::LayerInfo& layer) {
    return {.name = layer.name,
            .kind = outlines::toString(layer.kind),
            .scene = layer.sceneId,
            .date = layer.date,
            .model = layer.model,
            .modelFingerprint = layer.modelFingerprint,
            .title = layer.title,
            .epoch = layer.epoch.name,
            .epochYear = layer.epoch.year,
            .epochTolerance = layer.epoch.tolerance,
            .geometryType = geometryTypeOf(layer)};
}

outlines::LayerInfo fromRow(const database::LayerRow& row) {
    outlines::LayerInfo layer{row.name, kindOf(row.kind), row.scene, row.date};
    layer.title = asUtf8(row.title);
    layer.model = row.model;
    layer.modelFingerprint = row.modelFingerprint;
    layer.epoch.name = asUtf8(row.epoch);
    layer.epoch.year = row.epochYear;
    if (row.epochYear) {
        layer.epoch.tolerance = row.epochTolerance;
    }
    return layer;
}

database::LayerRowChange toRow(const outlines::LayerChange& change) {
    database::LayerRowChange row;
    row.place = change.place;
    if (change.before) {
        row.before = toRow(*change.before);
    }
    if (change.after) {
        row.after = toRow(*change.after);
    }
    return row;
}

outlines::LayerChange fromRow(const database::LayerRowChange& row) {
    outlines::LayerChange change;
    change.place = row.place;
    if (row.before) {
        change.before = fromRow(*row.before);
    }
    if (row.after) {
        change.after = fromRow(*row.after);
    }
    return change;
}

HistoryStep fromRow(const database::HistoryRow& row) {
    return {row.id, row.time, row.description, row.undoes, row.tool, row.analyst, row.picture};
}

database::HistoryRow toRow(const HistoryStep& step) {
    return {step.id, step.time, step.description, step.undoes, step.tool, step.analyst, step.picture};
}

database::MergedRow toRow(const MergedStep& step) {
    database::MergedRow row{step.step, step.source, toRow(step.what), step.content};
    for (const outlines::OutlineRef& outline : step.outlines) {
        row.outlines.emplace_back(outline.layer, outline.uuid);
    }
    return row;
}

MergedStep fromRow(const database::MergedRow& row) {
    MergedStep step{row.step, asUtf8(row.source), fromRow(row.what), row.content};
    for (const auto& [layer, uuid] : row.outlines) {
        step.outlines.push_back({layer, uuid});
    }
    return step;
}

} // namespace nunatak::project
