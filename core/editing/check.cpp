// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/check.h"

#include "editing/area_words.h"
#include "editing/common_ground.h"
#include "editing/gate_neighbours.h"
#include "editing/layer_lines.h"
#include "editing/outline_faults.h"
#include "editing/snap.h"
#include "geo/box_tree.h"
#include "geo/inner_point.h"
#include "geo/shape_operations.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <iomanip>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;

/// So much of the smaller one in common makes two outlines of the same ground, as outlines/ground.h has it.
constexpr double sameGround = 0.5;

std::string places(std::size_t count) {
    return count == 1 ? std::string() : " in " + std::to_string(count) + " places";
}

std::optional<Finding> commonGround(const CheckRequest& request, const OutlineHandle& one,
                                    const OutlineHandle& other) {
    const geo::MultiPolygon common = notable(geo::intersection(one->geometry, other->geometry));
    if (common.empty()) {
        return std::nullopt;
    }
    Finding finding{Fault::Overlap,
                    {{request.layer, one->uuid}, {request.layer, other->uuid}},
                    geo::innerPoint({largestOf(common)}),
                    geo::extentOf(common),
                    geo::geodesicArea(common, request.crs),
                    {}};
    const std::string names = outlines::nameInSentence(*one) + " and " + outlines::nameInSentence(*other);
    const double smaller = std::min(geo::planarArea(one->geometry), geo::planarArea(other->geometry));
    if (geo::planarArea(common) > sameGround * smaller) {
        finding.kind = Fault::Duplicate;
        finding.sentence = names + " are the same ground, " + areaWords(finding.size) + " of it.";
    } else {
        finding.sentence = names + " overlap by " + areaWords(finding.size) + places(common.size()) + ".";
    }
    return finding;
}

std::optional<Finding> tooSmall(const CheckRequest& request, const OutlineHandle& outline) {
    const double area = geo::geodesicArea(outline->geometry, request.crs);
    if (area >= request.smallest) {
        return std::nullopt;
    }
    return Finding{Fault::TooSmall,
                   {{request.layer, outline->uuid}},
                   outline->extent().center(),
                   outline->extent(),
                   area,
                   outlines::nameInSentence(*outline) + " is of " + areaWords(area) + ", less than " +
                       areaWords(request.smallest) + "."};
}

bool concerns(const CheckRequest& request, const std::string& uuid) {
    return request.only.empty() || request.only.contains(uuid);
}

/// These, and those near them.
std::vector<bool> withNeighbours(const std::vector<OutlineHandle>& all, const geo::BoxTree& tree,
                                 const std::vector<bool>& some, double tolerance) {
    std::vector<bool> found = some;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (some[i]) {
            tree.visit(all[i]->extent().grown(2 * tolerance), [&](std::size_t k) { found[k] = true; });
        }
    }
    return found;
}

/// What has to be looked at: all, or what is asked for with its neighbours and theirs, which say how lines
/// come together.
std::vector<OutlineHandle> glaciersOf(const CheckRequest& request) {
    std::vector<OutlineHandle> all;
    std::copy_if(request.outlines.begin(), request.outlines.end(), std::back_inserter(all),
                 [](const OutlineHandle& outline) { return takesGround(*outline); });
    if (request.only.empty()) {
        return all;
    }
    std::vector<geo::Extent> boxes;
    std::vector<bool> asked;
    for (const OutlineHandle& outline : all) {
        boxes.push_back(outline->extent());
        asked.push_back(request.only.contains(outline->uuid));
    }
    const geo::BoxTree tree(std::move(boxes));
    const auto near =
        withNeighbours(all, tree, withNeighbours(all, tree, asked, request.tolerance), request.tolerance);
    std::vector<OutlineHandle> some;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (near[i]) {
            some.push_back(all[i]);
        }
    }
    return some;
}

/// Lines that are nearly one.
void addGaps(const CheckRequest& request, const std::vector<OutlineHandle>& outlines,
             const Progress& progress, std::vector<Finding>& findings) {
    std::map<std::string, OutlineHandle> named;
    for (const OutlineHandle& outline : outlines) {
        named[outline->uuid] = outline;
    }
    SnapRequest together;
    together.layer = request.layer;
    together.outlines = outlines;
    together.crs = request.crs;
    together.tolerance = request.tolerance;
    for (const Snapped::Pair& pair : snap(together, progress).pairs) {
        if (!concerns(request, pair.outline.uuid) && !concerns(request, pair.other.uuid)) {
            continue;
        }
        std::ostringstream apart;
        apart << std::setprecision(2) << pair.farthest;
        findings.push_back({Fault::Gap,
                            {pair.outline, pair.other},
                            pair.place,
                            pair.extent,
                            pair.farthest,
                            outlines::nameInSentence(*named[pair.outline.uuid]) + " and " +
                                outlines::nameInSentence(*named[pair.other.uuid]) +
                                " run beside one another, up to " + apart.str() + " m apart" +
                                places(pair.places) + "."});
    }
}

} // namespace

std::vector<Finding> check(const CheckRequest& request, const Progress& progress) {
    throwUnlessTolerance(request.tolerance);
    const std::vector<OutlineHandle> outlines = glaciersOf(request);
    const LayerLines lines(outlines);
    const Progress looking = progress.part(0, 0.4);
    std::vector<Finding> own;
    std::vector<Finding> between;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        looking.report(static_cast<double>(i) / static_cast<double>(lines.size()), "Checking outlines");
        const OutlineHandle& one = lines.outline(i);
        const bool isAsked = concerns(request, one->uuid);
        bool hasArea = one->hasSoundRings(); // of what crosses itself it says nothing
        if (isAsked) {
            std::vector<Finding> faults = faultsOf(request.layer, *one);
            hasArea = hasArea && faults.empty();
            std::move(faults.begin(), faults.end(), std::back_inserter(own));
        }
        if (!one->hasSoundRings()) {
            continue; // has no area
        }
        if (auto small = isAsked && hasArea ? tooSmall(request, one) : std::nullopt) {
            own.push_back(std::move(*small));
        }
        if (request.mayOverlap) {
            continue;
        }
        lines.visitOutlines(one->extent(), [&](std::size_t k) {
            progress.throwIfStopped();
            const OutlineHandle& other = lines.outline(k);
            if (k <= i || !(isAsked || concerns(request, other->uuid)) || !other->hasSoundRings() ||
                !overlap(lines.indexed(i), lines.indexed(k), inBoth(one->extent(), other->extent()))) {
                return;
            }
            if (auto finding = commonGround(request, one, other)) {
                between.push_back(std::move(*finding));
            }
        });
    }
    std::move(between.begin(), between.end(), std::back_inserter(own));
    if (!request.mayOverlap && request.seeksGaps) {
        addGaps(request, outlines, progress.part(0.4, 1), own);
    }
    progress.report(1, "Checking outlines");
    return own;
}

} // namespace nunatak::editing
