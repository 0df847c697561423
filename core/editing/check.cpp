// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/check.h"

#include "editing/area_words.h"
#include "editing/common_ground.h"
#include "editing/gate_neighbours.h"
#include "editing/layer_lines.h"
#include "editing/outline_faults.h"
#include "geo/inner_point.h"
#include "geo/shape_operations.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;

/// So much of both in common makes two outlines of the same ground.
constexpr double sameGround = 0.9;

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
    const double larger = std::max(geo::planarArea(one->geometry), geo::planarArea(other->geometry));
    if (geo::planarArea(common) >= sameGround * larger) {
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

} // namespace

std::vector<Finding> check(const CheckRequest& request, const Progress& progress) {
    std::vector<OutlineHandle> outlines;
    std::copy_if(request.outlines.begin(), request.outlines.end(), std::back_inserter(outlines),
                 [](const OutlineHandle& outline) { return takesGround(*outline); });
    const LayerLines lines(std::move(outlines));
    std::vector<Finding> own;
    std::vector<Finding> between;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        progress.report(static_cast<double>(i) / static_cast<double>(lines.size()), "Checking outlines");
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
    progress.report(1, "Checking outlines");
    return own;
}

} // namespace nunatak::editing
