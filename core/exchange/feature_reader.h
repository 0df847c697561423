// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/glims.h"
#include "exchange/outline_files.h"
#include "exchange/outline_source.h"
#include "exchange/polygon_features.h"
#include "geo/crs.h"

#include <map>
#include <set>
#include <string>
#include <vector>

class OGRFeature;

namespace nunatak::exchange {

/// What is to be told of the features of a file, by what it is.
class FeatureReport {
public:
    /// A feature that gave no outline: the reason as "without a shape".
    void leaveOut(const std::string& feature, const std::string& reason);
    void repair(const std::string& feature) { m_repaired.push_back(feature); }
    void note(const std::string& sentence) { m_notes.push_back(sentence); }

    /// Why nothing came in, as the end of a message; empty where nothing was left out.
    std::string firstReason() const;
    void addTo(ReadOutlines& result) const;

private:
    std::map<std::string, std::vector<std::string>> m_leftOut; ///< features by reason
    std::vector<std::string> m_repaired;
    std::vector<std::string> m_notes;
};

/// Turns the features of one layer into pieces; what cannot be one is reported, and the others go on.
class FeatureReader {
public:
    /// Throws Error: the layer has no coordinate system, and the options say none.
    FeatureReader(const OpenLayer& open, std::size_t layer, bool namesLayer, const geo::Crs& target,
                  const ImportOptions& options, const std::string& file, std::vector<Piece>& pieces,
                  FeatureReport& report);

    /// `failure`: what GDAL complained of while it read the feature.
    void read(const OGRFeature& feature, const std::string& failure);
    /// Says what was found of the layer as a whole. Throws Error when its coordinates are not what it says.
    void finish();

private:
    /// The column that gives each role for this feature: the surest with a value.
    std::map<FieldRole, std::size_t> columnsByRole(const OGRFeature& feature) const;
    void readFields(const OGRFeature& feature, Piece& piece);
    /// Remembers what of a value the way in has changed.
    void noteLosses(const OGRFeature& feature, std::size_t column, const outlines::AttributeValue& value);
    void readDate(const std::string& text, const SourceColumn& column, Piece& piece);
    /// The same of lines and points.
    bool readPath(const FeatureShape& shape, const std::string& label, Piece& piece);
    bool readShape(const OGRFeature& feature, const std::string& label, const std::string& failure,
                   Piece& piece);

    const OpenLayer& m_open;
    std::size_t m_layer;
    bool m_namesLayer;
    std::string m_file;
    std::vector<Piece>& m_pieces;
    FeatureReport& m_report;
    bool m_swapped = false;
    geo::Crs m_crs;
    geo::CoordinateTransform m_toTarget;
    bool m_targetIsGeographic;
    const outlines::SideKind* m_side; ///< see ImportOptions
    long m_noDegrees = 0;             ///< features whose coordinates can be no longitudes and latitudes
    long m_read = 0;
    bool m_unsetIsNull = false; ///< the format has columns and no way to say that a value is missing
    bool m_hadHeights = false;
    bool m_hadCurves = false;
    struct Odd {
        long count = 0;
        std::string example;
    };
    Odd m_ambiguousDates;
    Odd m_noDates;
    Odd m_datesAhead;
    Odd m_timesOfDay;
    std::string m_dateColumn;
    std::set<std::string> m_cutNumbers; ///< columns with numbers that the reader has cut to 64 bits
    std::set<std::string> m_binaries;   ///< columns of bytes
};

} // namespace nunatak::exchange
