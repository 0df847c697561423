// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/joined_pieces.h"

#include "geo/antimeridian.h"
#include "geo/crs.h"
#include "geo/shape_operations.h"
#include "outlines/outline_set.h"

#include <algorithm>
#include <map>

namespace nunatak::exchange {

namespace {

constexpr double sameGround = 0.2; ///< of the smaller one

/// Who it is, where the file says it.
std::string identityOf(const Piece& piece) {
    const std::string& id = !piece.outline.uuid.empty() ? piece.outline.uuid : piece.glacier;
    return id.empty() ? id : id + "|" + piece.outline.srcDate + "|" + piece.analysis + "|" + piece.lineType;
}

} // namespace

void joinCutPieces(std::vector<Piece>& pieces, const geo::Crs& target, std::vector<std::string>& notes) {
    std::map<std::string, std::vector<std::size_t>> cut;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (pieces[i].isCut && !identityOf(pieces[i]).empty()) {
            cut[identityOf(pieces[i])].push_back(i);
        }
    }
    std::vector<bool> gone(pieces.size(), false);
    std::vector<std::string> joined;
    for (const auto& [identity, members] : cut) {
        if (members.size() < 2) {
            continue;
        }
        geo::MultiPolygon all;
        for (const std::size_t i : members) {
            all.insert(all.end(), pieces[i].degrees.begin(), pieces[i].degrees.end());
        }
        const std::size_t parts = all.size();
        const auto whole = geo::joinedAtAntimeridian(all);
        if (whole.size() >= parts) {
            continue; // neighbours on the meridian, not one glacier
        }
        Piece& first = pieces[members.front()];
        first.outline.geometry = geo::CoordinateTransform(first.degreesCrs, target)(whole);
        first.isAsWritten = false;
        joined.push_back(first.feature);
        for (std::size_t k = 1; k < members.size(); ++k) {
            gone[members[k]] = true;
        }
    }
    if (joined.empty()) {
        return;
    }
    notes.push_back("Features that were cut at 180° were joined: " + countedByName(joined, "outline") + ".");
    std::vector<Piece> kept;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!gone[i]) {
            kept.push_back(std::move(pieces[i]));
        }
    }
    pieces = std::move(kept);
}

std::optional<std::pair<std::size_t, std::size_t>> overlapOfLayers(const std::vector<Piece>& pieces) {
    // The index that layers have, by numbers in place of UUIDs.
    outlines::OutlineSet set;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        outlines::Outline outline;
        outline.uuid = std::to_string(i);
        outline.geometry = pieces[i].outline.geometry;
        set.put(outlines::share(std::move(outline)));
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto& shape = pieces[i].outline.geometry;
        for (const auto& other : set.in(geo::extentOf(shape))) {
            const std::size_t k = std::stoul(other->uuid);
            if (k <= i || pieces[k].layer == pieces[i].layer) {
                continue;
            }
            const double smaller = std::min(geo::planarArea(shape), geo::planarArea(other->geometry));
            if (geo::planarArea(geo::intersection(shape, other->geometry)) > sameGround * smaller) {
                return std::pair(i, k);
            }
        }
    }
    return std::nullopt;
}

} // namespace nunatak::exchange
