// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "exchange/outline_files.h"
#include "outlines/outline.h"

#include <QtTest>

#include <filesystem>
#include <fstream>
#include <string>

namespace nunatak::tests {

inline geo::Polygon rectangle(double xmin, double ymin, double xmax, double ymax) {
    return {{{xmin, ymin}, {xmax, ymin}, {xmax, ymax}, {xmin, ymax}}, {}};
}

/// The message of the Error that `work` throws; empty when it throws none.
template <typename Work> std::string errorOf(Work&& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

inline void writeText(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

/// A GeoJSON file of these features (each a JSON object).
inline void writeGeoJson(const std::filesystem::path& file, const std::string& features) {
    writeText(file, R"({"type":"FeatureCollection","features":[)" + features + "]}");
}

inline std::string polygonFeature(const std::string& properties, const std::string& coordinates) {
    return R"({"type":"Feature","properties":)" + properties +
           R"(,"geometry":{"type":"Polygon","coordinates":)" + coordinates + "}}";
}

inline QString notesOf(const exchange::ReadOutlines& read) {
    QStringList notes;
    for (const auto& note : read.notes) {
        notes << QString::fromStdString(note);
    }
    return notes.join('\n');
}

inline bool hasNote(const exchange::ReadOutlines& read, const QString& words) {
    return notesOf(read).contains(words);
}

inline geo::Crs utm32() {
    return geo::Crs::fromUserInput("EPSG:32632");
}

} // namespace nunatak::tests
