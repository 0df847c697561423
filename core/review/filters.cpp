// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/filters.h"

#include "geo/inner_point.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace nunatak::review {

Filter notReviewed() {
    return [](const Candidate& glacier) { return glacier.outline.review == outlines::Review::NotReviewed; };
}

Filter outdated() {
    return [](const Candidate& glacier) {
        return glacier.outline.review != outlines::Review::NotReviewed &&
               glacier.outline.reviewRecord.isOutdated;
    };
}

Filter doubtful() {
    return [](const Candidate& glacier) { return glacier.outline.review == outlines::Review::Doubtful; };
}

Filter reviewedBy(const std::string& reviewer) {
    return [reviewer](const Candidate& glacier) {
        return glacier.outline.reviewRecord.reviewer == reviewer && !reviewer.empty();
    };
}

Filter within(geo::MultiPolygon region) {
    const geo::Extent extent = geo::extentOf(region);
    return [region = std::make_shared<const geo::MultiPolygon>(std::move(region)),
            extent](const Candidate& glacier) {
        return glacier.outline.hasSoundRings() && extent.intersects(glacier.outline.extent()) &&
               geo::contains(*region, geo::innerPoint(glacier.outline.geometry));
    };
}

Filter ofSize(double least, double most) {
    return [least, most](const Candidate& glacier) {
        const double size = glacier.evidence.area / 1e6;
        return size >= least && size <= most;
    };
}

Filter attributeIs(const std::string& name, const std::string& text) {
    return [name, text](const Candidate& glacier) {
        const outlines::Outline& outline = glacier.outline;
        if (const auto found = outline.attributes.find(name); found != outline.attributes.end()) {
            return found->second.text() == text;
        }
        return (name == "name" && outline.name == text) || (name == "date" && outline.srcDate == text) ||
               (name == "sensor" && outline.sensor == text) || (name == "analyst" && outline.analyst == text);
    };
}

Filter allOf(std::vector<Filter> filters) {
    return [filters = std::move(filters)](const Candidate& glacier) {
        return std::all_of(filters.begin(), filters.end(),
                           [&](const Filter& filter) { return filter(glacier); });
    };
}

Filter anyOf(std::vector<Filter> filters) {
    return [filters = std::move(filters)](const Candidate& glacier) {
        return std::any_of(filters.begin(), filters.end(),
                           [&](const Filter& filter) { return filter(glacier); });
    };
}

Filter needsAnEye() {
    return anyOf({notReviewed(), outdated()});
}

} // namespace nunatak::review
