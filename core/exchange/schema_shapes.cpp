// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/schema_shapes.h"

#include "base/error.h"
#include "exchange/export_ids.h"
#include "exchange/schema_values.h"
#include "geo/inner_point.h"
#include "geo/paths.h"
#include "geo/shape_operations.h"

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

/// The largest first.
std::vector<geo::Polygon> partsOf(const geo::MultiPolygon& shape) {
    std::vector<geo::Polygon> parts(shape.begin(), shape.end());
    std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) {
        return geo::planarArea({a}) > geo::planarArea({b});
    });
    return parts;
}

/// A part whose id goes to another lies where that id says.
void keepRegionOfId(outlines::Outline& piece) {
    const auto* id = attributeNamed(piece, "rgi_id");
    const std::string region = id == nullptr ? std::string() : regionOfId(id->text());
    if (!region.empty() && attributeNamed(piece, "o1region") == nullptr) {
        piece.attributes["o1region"] = region;
    }
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
                keepRegionOfId(piece);
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
MadeShapes complexesOf(const std::vector<const outlines::Outline*>& outlines, const geo::Crs& crs,
                       std::vector<std::string>& notes) {
    std::vector<geo::MultiPolygon> shapes;
    for (const auto* outline : outlines) {
        shapes.push_back(geo::invalidReason(outline->geometry).empty() ? outline->geometry
                                                                       : geo::madeValid(outline->geometry));
    }
    MadeShapes result;
    auto& complexes = result.outlines;
    std::vector<geo::Extent> extents;
    std::size_t small = 0;
    for (auto& part : geo::unionOf(shapes)) {
        if (geo::geodesicArea({part}, crs) < leastComplex) {
            ++small;
            continue;
        }
        outlines::Outline& made = complexes.emplace_back();
        made.uuid = outlines::makeUuid();
        made.geometry = {std::move(part)};
        extents.push_back(geo::extentOf(made.geometry));
    }
    if (complexes.empty()) {
        throw Error(
            "None of the complexes has 0.01 km², the least that the RGI takes: export more outlines, or "
            "choose another schema.");
    }
    result.members.resize(complexes.size());
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
            result.members[k].push_back(outlines[i]);
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
    for (std::size_t k = 0; k < complexes.size(); ++k) {
        // One that came as a complex stays that complex.
        if (const auto& members = result.members[k]; members.size() == 1) {
            if (const auto* id = attributeNamed(*members.front(), "rgi_id")) {
                complexes[k].attributes["rgi_id"] = *id;
            }
        }
    }
    notes.push_back(fmt::format("{} {} {} {}.", outlinesText(outlines.size()),
                                outlines.size() == 1 ? "makes" : "make", complexes.size(),
                                complexes.size() == 1 ? "complex" : "complexes"));
    notes.back().front() = static_cast<char>(std::toupper(static_cast<unsigned char>(notes.back().front())));
    if (small > 0) {
        notes.push_back(fmt::format("Left out, as the RGI does: {} of less than 0.01 km².",
                                    small == 1 ? "one complex" : fmt::format("{} complexes", small)));
    }
    return result;
}

} // namespace

MadeShapes shapesOf(const ExportSchema& schema, const std::vector<const outlines::Outline*>& outlines,
                    const geo::Crs& crs, std::vector<std::string>& notes) {
    return schema.isDissolved ? complexesOf(outlines, crs, notes) : MadeShapes{piecesOf(outlines, notes), {}};
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
    const std::string meaning = inventoryMeaning(attribute);
    return std::any_of(schema.fields.begin(), schema.fields.end(), [&](const ExportField& field) {
        return isSame(field.name, attribute) || isSame(inventoryMeaning(field.name), meaning);
    });
}

} // namespace nunatak::exchange
