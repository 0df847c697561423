// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <map>
#include <string>

namespace nunatak::outlines {

/// One glacier's outline in the project's coordinate system.
struct Outline {
    std::string uuid;           ///< survives edits, undo, import and export
    geo::MultiPolygon geometry; ///< project CRS, metres
    std::string name;
    std::string srcDate;        ///< ISO date of the picture it was drawn from (RGI: src_date)
    std::string sceneId;        ///< the scene's UUID, empty when unknown
    std::string sensor;
    std::string model;          ///< name and version of the model, where predicted
    std::string modelFingerprint;
    std::string run;            ///< id of the prediction run, where predicted
    double threshold = 0;       ///< of probability, where predicted
    std::map<std::string, std::string> attributes; ///< what else an imported file said (rgi_id, glac_name, …)
    bool operator==(const Outline&) const = default;
};

enum class LayerKind { Predicted, Expert, Corrected };
std::string toString(LayerKind kind);
/// Throws Error when it is none of predicted, expert, corrected.
LayerKind layerKindFromString(const std::string& text);

/// A layer: outlines of one kind and of one scene or date, which do not overlap.
struct LayerInfo {
    std::string name; ///< also the GeoPackage table
    LayerKind kind = LayerKind::Expert;
    std::string sceneId;
    std::string date;
    bool operator==(const LayerInfo&) const = default;
};

/// A random UUID, version 4, lower case.
std::string makeUuid();

} // namespace nunatak::outlines
