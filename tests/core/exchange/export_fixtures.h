// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/schema_shapes.h"
#include "exchange_fixtures.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Glaciers on their way into files.
namespace nunatak::tests {

inline outlines::Outline glacier(const std::string& uuid, geo::MultiPolygon shape,
                                 outlines::Attributes attributes = {}) {
    outlines::Outline outline;
    outline.uuid = uuid;
    outline.geometry = std::move(shape);
    outline.srcDate = "2003-07-30";
    outline.attributes = std::move(attributes);
    return outline;
}

/// A square of a kilometre, number `place` of a row; two neighbours touch.
inline geo::MultiPolygon square(int place) {
    const double x = 600000 + 1000.0 * place;
    return {rectangle(x, 5200000, x + 1000, 5201000)};
}

inline exchange::ExportOptions options(const std::string& schema) {
    exchange::ExportOptions chosen;
    chosen.schema = schema;
    return chosen;
}

/// Heights of everything.
inline exchange::MeasureSurface everywhere() {
    return [](const geo::MultiPolygon&, double, int) {
        outlines::SurfaceMeasures measures;
        measures.lowest = 2400.5;
        measures.highest = 3700;
        measures.median = 3000;
        measures.mean = 3010;
        measures.slope = 18.25;
        measures.aspect = 77;
        measures.aspectSector = 3;
        measures.length = 8548;
        measures.terminus = geo::Point{10.8, 46.8};
        return outlines::MeasuredSurface{measures, {}};
    };
}

inline bool isTold(const std::vector<std::string>& notes, const std::string& words) {
    return std::any_of(notes.begin(), notes.end(),
                       [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

/// A folder with what was exported into it.
struct Exported {
    QTemporaryDir folder;
    exchange::WrittenOutlines written;
    std::filesystem::path file;

    Exported(const std::vector<outlines::Outline>& outlines, const exchange::ExportOptions& chosen,
             const char* name = "out.shp")
        : file(folder.filePath(name).toStdString()) {
        written = exchange::writeOutlines(exchange::pointersTo(outlines), utm32(), file, chosen);
    }
    std::vector<outlines::Outline> readBack() const { return exchange::readOutlines(file, utm32()).outlines; }
    std::string text(const char* name) const {
        QFile read(folder.filePath(name));
        return read.open(QFile::ReadOnly) ? read.readAll().toStdString() : std::string();
    }
};

} // namespace nunatak::tests
