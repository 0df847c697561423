// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/schema_shapes.h"

#include "base/error.h"
#include "exchange/schema_values.h"
#include "geo/inner_point.h"
#include "geo/paths.h"
#include "geo/shape_operations.h"
#include "outlines/attribute_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace nunatak::exchange {

namespace {

constexpr double leastComplex = 10'000; // m², the RGI's

bool isSame(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

/// The attribute that a name of a file means: an id of the list, and the one it stands for.
std::string meaningOf(const std::string& name) {
    const auto* info = outlines::attributeInfo(name);
    return info == nullptr ? name : *info->standsFor != '\0' ? info->standsFor : info->id;
}

/// The largest first.
std::vector<geo::Polygon> partsOf(const geo::MultiPolygon& shape) {
    std::vector<geo::Polygon> parts(shape.begin(), shape.end());
    std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) {
        return geo::planarArea({a}) > geo::planarArea({b});
    });
    return parts;
}

std::vector<outlines::Outline> piecesOf(const std::vector<const outlines::Outline*>& outlines,
                                        std::vector<std::string>& notes) {
    std::vector<outlines::Outline> pieces;
    std::size_t divided = 0;
    std::size_t repaired = 0;
    for (const auto* outline : outlines) {
        const bool isValid = geo::invalidReason(outline->geometry).empty();
        if (isValid && outline->geometry.size() <= 1) {
            pieces.push_back(*outline);
            continue;
        }
        const auto parts = partsOf(isValid ? outline->geometry : geo::madeValid(outline->geometry));
        repaired += isValid ? 0 : 1;
        divided += parts.size() > 1 ? 1 : 0;
        for (std::size_t i = 0; i < std::max(parts.size(), std::size_t(1)); ++i) {
            outlines::Outline& piece = pieces.emplace_back(*outline);
            if (i < parts.size()) { // else it has no area, which is told where that is measured
                piece.geometry = {parts[i]};
            }
            if (i > 0) {
                piece.attributes.erase("rgi_id");
            }
        }
    }
    if (repaired > 0) {
        notes.push_back(fmt::format("Crossing lines: written as the area that they enclose, {}.",
                                    outlinesText(repaired)));
    }
    if (divided > 0) {
        notes.push_back(fmt::format(
            "{} of several parts: each part is an outline of its own, since the RGI has single polygons; the "
            "largest keeps the glacier's id.",
            outlinesText(divided)));
        notes.back().front() =
            static_cast<char>(std::toupper(static_cast<unsigned char>(notes.back().front())));
    }
    return pieces;
}

/// Glaciers that touch as one; each says the regions and the date of the first glacier in it.
std::vector<outlines::Outline> complexesOf(const std::vector<const outlines::Outline*>& outlines,
                                           std::vector<std::string>& notes) {
    std::vector<geo::MultiPolygon> shapes;
    for (const auto* outline : outlines) {
        shapes.push_back(geo::invalidReason(outline->geometry).empty() ? outline->geometry
                                                                       : geo::madeValid(outline->geometry));
    }
    std::vector<outlines::Outline> complexes;
    std::vector<geo::Extent> extents;
    std::size_t small = 0;
    for (auto& part : geo::unionOf(shapes)) {
        if (geo::planarArea({part}) < leastComplex) {
            ++small;
            continue;
        }
        outlines::Outline& made = complexes.emplace_back();
        made.uuid = outlines::makeUuid();
        made.geometry = {std::move(part)};
        extents.push_back(geo::extentOf(made.geometry));
    }
    for (std::size_t i = 0; i < outlines.size(); ++i) {
        if (shapes[i].empty()) {
            continue;
        }
        const geo::Point inside = geo::innerPoint(shapes[i]);
        for (std::size_t k = 0; k < complexes.size(); ++k) {
            if (!extents[k].contains(inside) || !geo::contains(complexes[k].geometry, inside)) {
                continue;
            }
            outlines::Outline& made = complexes[k];
            made.srcDate = made.srcDate.empty() ? outlines[i]->srcDate : made.srcDate;
            for (const char* name : {"o1region", "o2region"}) {
                const auto* value = attributeNamed(*outlines[i], name);
                if (value != nullptr && !made.attributes.contains(name)) {
                    made.attributes[name] = *value;
                }
            }
            break;
        }
    }
    notes.push_back(fmt::format("{} make {} {}.", outlinesText(outlines.size()), complexes.size(),
                                complexes.size() == 1 ? "complex" : "complexes"));
    notes.back().front() = static_cast<char>(std::toupper(static_cast<unsigned char>(notes.back().front())));
    if (small > 0) {
        notes.push_back(fmt::format("Left out, as the RGI does: {} of less than 0.01 km².",
                                    small == 1 ? "one complex" : fmt::format("{} complexes", small)));
    }
    return complexes;
}

} // namespace

std::vector<outlines::Outline> shapesOf(const ExportSchema& schema,
                                        const std::vector<const outlines::Outline*>& outlines,
                                        std::vector<std::string>& notes) {
    return schema.isDissolved ? complexesOf(outlines, notes) : piecesOf(outlines, notes);
}

void throwUnlessGlaciers(const ExportSchema& schema, const std::vector<const outlines::Outline*>& outlines) {
    const bool hasPaths = std::any_of(outlines.begin(), outlines.end(),
                                      [](const auto* outline) { return geo::isPath(outline->geometry); });
    if (hasPaths) {
        throw Error(std::string(schema.title) +
                    " has outlines of glaciers alone: export lines and points with the schema \"plain\".");
    }
}

std::vector<const outlines::Outline*> pointersTo(const std::vector<outlines::Outline>& outlines) {
    std::vector<const outlines::Outline*> pointers;
    pointers.reserve(outlines.size());
    for (const auto& outline : outlines) {
        pointers.push_back(&outline);
    }
    return pointers;
}

bool schemaHas(const ExportSchema& schema, const std::string& attribute) {
    const std::string meaning = meaningOf(attribute);
    return std::any_of(schema.fields.begin(), schema.fields.end(), [&](const ExportField& field) {
        return isSame(field.name, attribute) || isSame(meaningOf(field.name), meaning);
    });
}

} // namespace nunatak::exchange
