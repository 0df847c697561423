// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/attribute_value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What is known of attributes that glacier inventories have: one list, from which the inspector, what columns
// of a file are taken for, and what is written into one are made. Names and codes are RGI 7's (user guide,
// "Glacier product"), those of RGI 6 (technical note of 2017) and GLIMS (downloaded_field_desc.html) where
// they are others.
namespace nunatak::outlines {

/// One of the values that an attribute of codes has.
struct AttributeChoice {
    int code;
    const char* meaning; ///< as within a sentence
};

/// What an attribute says of which glacier it is.
enum class Identifies {
    Nothing,
    Glacier, ///< several outlines may have the same: dates, or pieces, of one glacier
    Outline  ///< one outline alone
};

struct AttributeInfo {
    const char* id;    ///< its name in a file
    const char* title; ///< what people read
    AttributeType type = AttributeType::Text;
    const char* unit = "";    ///< of numbers: "km²", "m", "°", "%"
    const char* meaning = ""; ///< a sentence without full stop
    std::vector<AttributeChoice> choices{};
    /// Other names by which files have the same in the same unit and codes; in small letters, the surest
    /// first.
    std::vector<const char*> spellings{};
    bool describesShape = false; ///< true of one shape alone
    Identifies identifies = Identifies::Nothing;
    /// May be said of any glacier, also where no file brought it.
    bool isOffered = false;
    /// The offered one that says the same by other codes; empty: none.
    const char* standsFor = "";
    std::optional<double> least{}; ///< of numbers
    std::optional<double> most{};
    bool isWords = false; ///< several words or phrases with commas between them, such as tags
    bool isLong = false;  ///< a text that may have lines
    /// A regular expression that all values are of which somebody types, and one of them; empty: any will do.
    const char* form = "";
    const char* example = "";
};

/// Names of the two attributes that every outline has as members of its own.
inline constexpr const char* nameAttribute = "glac_name";
inline constexpr const char* dateAttribute = "src_date";

/// Those that are offered first, in the order in which they are shown.
const std::vector<AttributeInfo>& attributeSchema();
/// By its name or one of its spellings, whatever its capitals; null: nothing is known of it.
const AttributeInfo* attributeInfo(std::string_view name);
/// Whether a file's attribute of that name is this one, whatever its capitals.
bool isNameOf(const AttributeInfo& info, std::string_view name);
/// The title, else the name.
std::string titleOf(const std::string& attribute);
/// What a code means; null where it has no meaning, or the attribute no codes. Also of codes that a file has
/// as real numbers or texts.
const AttributeChoice* choiceOf(const AttributeInfo& info, const AttributeValue& value);

/// True for attributes that describe a shape (area, perimeter, heights, length, slope, point within), by
/// their usual names in inventories, with or without a unit: what they say is wrong once the shape is
/// another.
bool describesTheShape(const std::string& name);

/// True for the columns by which the program knows its own outlines again (docs/exchange.md): no attribute
/// that somebody adds can be called so.
bool isOwnColumn(std::string_view name);

} // namespace nunatak::outlines
