// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "measures/figures.h"

#include <string>
#include <vector>

// The one list of measures by which two layers are compared: whoever shows or writes some takes them from
// here, so that a table, a file and a report cannot differ in what they have or how it is called.
namespace nunatak::measures {

/// Of what a measure speaks.
enum class Kind { Share, Area, Distance };

/// Ways of comparing.
enum class Method {
    Pixels,  ///< of a scene's grid
    Outlines ///< exact geometry
};

struct Measure {
    const char* id;         ///< the key in JSON, the column in CSV
    const char* title;      ///< as people read it, without the unit
    const char* shortTitle; ///< where there is little room
    const char* unit;       ///< of compute(), as in files; empty: a share between 0 and 1
    const char* shownUnit;  ///< as people read it
    double shownPerUnit;    ///< shown = computed × this
    int digits;             ///< behind the point, as shown
    Kind kind;
    bool isSigned;         ///< shown with a plus, too
    bool needsExactShapes; ///< pixels do not have it
    const char* meaning;   ///< a sentence without its point
    double (*compute)(const Figures&);
};

/// In the order in which they are shown.
const std::vector<Measure>& allMeasures();
/// Those that a way of comparing has.
std::vector<Measure> measuresOf(Method method);

/// With its unit, as above a column: "Expert area, km²".
std::string header(const Measure& measure);
std::string shortHeader(const Measure& measure);
/// The name of its column in a file, with the unit: "expertArea (m²)".
std::string columnName(const Measure& measure);
/// As shown, without the unit; "-" where it cannot be told.
std::string shownText(const Measure& measure, const Figures& figures);
/// For a file: as many digits as tell it apart; empty where it cannot be told.
std::string fileText(const Measure& measure, const Figures& figures);

} // namespace nunatak::measures
