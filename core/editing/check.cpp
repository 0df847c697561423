// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/check.h"

#include "editing/area_words.h"
#include "editing/common_ground.h"
#include "editing/gate_neighbours.h"
#include "editing/layer_lines.h"
#include "editing/outline_faults.h"
#include "editing/snap.h"
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

/// Lines that are nearly one.
void addGaps(const CheckRequest& request, const Progress& progress, std::vector<Finding>& findings) {
    std::map<std::string, OutlineHandle> named;
    for (const OutlineHandle& outline : request.outlines) {
        named[outline->uuid] = outline;
    }
    SnapRequest together;
    together.layer = request.layer;
    together.outlines = request.outlines;
    together.crs = request.crs;
    together.tolerance = request.tolerance;
    for (const Snapped::Pair& pair : snap(together, progress).pairs) {
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
    std::vector<OutlineHandle> outlines;
    std::copy_if(request.outlines.begin(), request.outlines.end(), std::back_inserter(outlines),
                 [](const OutlineHandle& outline) { return takesGround(*outline); });
    const LayerLines lines(std::move(outlines));
    const Progress looking = progress.part(0, 0.4);
    std::vector<Finding> own;
    std::vector<Finding> between;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        looking.report(static_cast<double>(i) / static_cast<double>(lines.size()), "Checking outlines");
        const OutlineHandle& one = lines.outline(i);
        std::vector<Finding> faults = faultsOf(request.layer, *one);
        std::move(faults.begin(), faults.end(), std::back_inserter(own));
        if (!one->hasSoundRings()) {
            continue; // has no area
        }
        if (auto small = tooSmall(request, one)) {
            own.push_back(std::move(*small));
        }
        if (request.mayOverlap) {
            continue;
        }
        lines.visitOutlines(one->extent(), [&](std::size_t k) {
            progress.throwIfStopped();
            const OutlineHandle& other = lines.outline(k);
            if (k <= i || !other->hasSoundRings() ||
                !overlap(lines.indexed(i), lines.indexed(k), inBoth(one->extent(), other->extent()))) {
                return;
            }
            if (auto finding = commonGround(request, one, other)) {
                between.push_back(std::move(*finding));
            }
        });
    }
    std::move(between.begin(), between.end(), std::back_inserter(own));
    if (!request.mayOverlap) {
        addGaps(request, progress.part(0.4, 1), own);
    }
    progress.report(1, "Checking outlines");
    return own;
}

} // namespace nunatak::editing
