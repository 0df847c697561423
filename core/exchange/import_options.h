// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dates.h"
#include "exchange/fields.h"
#include "geo/crs.h"
#include "outlines/side_kind.h"

#include <map>
#include <string>
#include <vector>

// What somebody who brings in outlines may say of the file; what is not said is told from the file.
namespace nunatak::exchange {

/// Which outline is taken of a glacier that a file has several times, from pictures of several dates (GLIMS:
/// several analyses).
struct AnalysisChoice {
    enum class Kind { Newest, Oldest, All, Nearest };
    Kind kind = Kind::Newest;
    std::string date; ///< for Nearest: 2015-08-29, 2015-08 or 2015
    bool operator==(const AnalysisChoice&) const = default;
};
/// "newest", "oldest", "all", or a date: the nearest to it. Throws Error when it is none of them.
AnalysisChoice analysisChoiceFrom(const std::string& text);

/// The column that says something, as the user names it.
struct ColumnChoice {
    std::string column; ///< capital letters do not matter; empty: none does
    DateOrder order = DateOrder::Unsaid;
    bool operator==(const ColumnChoice&) const = default;
};
using FieldMapping = std::map<FieldRole, ColumnChoice>;

/// "name=Glacier", "date=Aufnahme:day-first" (or month-first), "name=" for no column; roles are those of
/// mappedRoles(). Throws Error when it cannot be understood.
void addMapping(FieldMapping& mapping, const std::string& text);

/// A role that a column may be mapped to, and how a user names it.
struct NamedMapping {
    FieldRole role;
    const char* key;   ///< as in --map
    const char* shown; ///< as in a sentence
};
const std::vector<NamedMapping>& mappedRoles();

struct ImportOptions {
    /// By name, "all" for every one. Empty: the only one with polygons, or all when they have the same
    /// columns (the regions of an inventory, the folders of a KML file).
    std::vector<std::string> sourceLayers;
    FieldMapping mapping;
    /// Of the coordinates, whatever the file says; empty: what the file says.
    geo::Crs crs;
    AnalysisChoice analyses;
    /// Of texts, such as "CP1251"; empty: told from the file.
    std::string encoding;
    /// What a side layer takes of the file: polygons, lines or points of this kind, and of which the file
    /// says none. Null: glaciers.
    const outlines::SideKind* side = nullptr;
};

} // namespace nunatak::exchange
