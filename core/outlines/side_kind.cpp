// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/side_kind.h"

#include "base/letters.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <array>

namespace nunatak::outlines {

namespace {

using geo::ShapeKind;

constexpr std::array kinds{
    SideKind{"debris_cov", "Debris cover", "debris cover", ShapeKind::Area},
    SideKind{"supra_lake", "Supraglacial lakes", "supraglacial lake", ShapeKind::Area},
    SideKind{"pro_lake", "Proglacial lakes", "proglacial lake", ShapeKind::Area},
    SideKind{"snow_line", "Snow lines", "snow line", ShapeKind::Polyline},
    SideKind{"centerline", "Centre lines", "centre line", ShapeKind::Polyline},
    SideKind{"terminus", "Terminus lines", "terminus line", ShapeKind::Polyline},
    SideKind{"highest", "Highest points", "highest point", ShapeKind::Point},
    SideKind{"lowest", "Lowest points", "lowest point", ShapeKind::Point},
    // What a model learns from besides outlines.
    SideKind{"reviewed_ground", "Reviewed ground", "reviewed ground", ShapeKind::Area},
    SideKind{"ice_stroke", "Strokes of ice", "stroke of ice", ShapeKind::Polyline},
    SideKind{"no_ice_stroke", "Strokes of no ice", "stroke of no ice", ShapeKind::Polyline},
};

/// Other words for the same.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> others{
    {{"snowline", "snow_line"}, {"center_line", "centerline"}}};

/// What follows the term in a layer's name: nothing, or a number.
bool isNumbered(std::string_view rest) {
    return rest.empty() || (rest.size() > 1 && rest[0] == '_' &&
                            rest.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

const char* holding(ShapeKind kind) {
    switch (kind) {
    case ShapeKind::Polyline:
        return "holds lines";
    case ShapeKind::Point:
        return "holds points";
    case ShapeKind::Area:
        break;
    }
    return "holds polygons";
}

} // namespace

std::span<const SideKind> sideKinds() {
    return kinds;
}

const SideKind* sideKindOf(std::string_view name) {
    std::string word = lowerCase(name);
    for (const auto& [other, term] : others) {
        if (word.starts_with(other)) {
            word.replace(0, other.size(), term);
        }
    }
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const SideKind& kind) {
        return word.starts_with(kind.term) && isNumbered(word.substr(kind.term.size()));
    });
    return found == kinds.end() ? nullptr : &*found;
}

const SideKind* sideKindOf(const LayerInfo& layer) {
    return layer.kind == LayerKind::Side ? sideKindOf(layer.name) : nullptr;
}

const SideKind* sideKindOf(const Outline& outline) {
    const auto type = outline.attributes.find(lineTypeAttribute);
    const std::string* word = type == outline.attributes.end() ? nullptr : type->second.string();
    return word == nullptr ? nullptr : sideKindOf(std::string_view(*word));
}

void setGlacierOf(Outline& outline, const Outline* glacier) {
    outline.attributes.erase(glacierUuidAttribute);
    outline.attributes.erase(glacierAttribute);
    if (glacier == nullptr) {
        return;
    }
    outline.attributes[glacierUuidAttribute] = glacier->uuid;
    if (const std::string name = nameOf(*glacier); !name.empty()) {
        outline.attributes[glacierAttribute] = name;
    }
}

std::string whyNotIn(const LayerInfo& layer, const geo::MultiPolygon& shape) {
    const SideKind* kind = sideKindOf(layer);
    if (layer.kind == LayerKind::Side && kind == nullptr) {
        return {}; // somebody's own, or renamed: it holds what is in it
    }
    const ShapeKind held = kind != nullptr ? kind->shape : ShapeKind::Area;
    return geo::kindOf(shape) == held ? std::string() : holding(held);
}

} // namespace nunatak::outlines
