// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/outline_codec.h"

#include "base/utf8.h"
#include "geo/paths.h"
#include "geo/shape_operations.h"
#include "project/attribute_codec.h"

#include <cmath>
#include <utility>

// Outlines as rows of the store.
namespace nunatak::project {

using outlines::AttributeValue;
using outlines::Outline;

bool saysWhose(const Outline& outline) {
    return !outline.analyst.empty() || outline.origin != outlines::Origin::Unknown || outline.isChanged;
}

namespace {

database::Value columnValue(const AttributeValue& value) {
    if (const auto* whole = value.integer()) {
        return *whole;
    }
    if (const auto* number = value.real()) {
        return *number;
    }
    if (const auto* answer = value.boolean()) {
        return static_cast<std::int64_t>(*answer);
    }
    if (const auto* text = value.string()) {
        return *text;
    }
    return {};
}

AttributeValue attributeOf(const database::Value& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return *whole;
    }
    if (const auto* number = std::get_if<double>(&value)) {
        return *number;
    }
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? AttributeValue() : AttributeValue(asUtf8(*text));
}

} // namespace

database::FeatureRow toRow(const Outline& outline, const std::vector<std::string>& columns) {
    if (!columns.empty()) {
        Outline rest = outline;
        std::map<std::string, database::Value> added;
        for (const std::string& column : columns) {
            if (const auto found = rest.attributes.find(column); found != rest.attributes.end()) {
                added[column] = columnValue(found->second);
                rest.attributes.erase(found);
            }
        }
        database::FeatureRow row = toRow(rest);
        row.added = std::move(added);
        return row;
    }
    const geo::Extent extent = geo::extentOf(outline.geometry);
    return {.uuid = outline.uuid,
            .name = outline.name,
            .srcDate = outline.srcDate,
            .scene = outline.sceneId,
            .sensor = outline.sensor,
            .model = outline.model,
            .modelFingerprint = outline.modelFingerprint,
            .run = outline.run,
            .threshold = outline.threshold,
            .attributes = attributesToJson(outline),
            .review = outline.review == outlines::Review::NotReviewed ? std::string()
                                                                      : outlines::toString(outline.review),
            .wkb = geo::toWkb(outline.geometry),
            .box = {extent.xmin, extent.ymin, extent.xmax, extent.ymax},
            .added = {},
            .hasTypes = hasTypes(outline),
            .analyst = outline.analyst,
            .origin = outlines::toString(outline.origin),
            .isChanged = outline.isChanged,
            .isOfInventory = saysWhose(outline) || outline.review == outlines::Review::Removed,
            .reviewer = outline.reviewRecord.reviewer,
            .reviewTime = outline.reviewRecord.time,
            .reviewNote = outline.reviewRecord.note,
            .isReviewOutdated = outline.reviewRecord.isOutdated,
            .hasReviewRecord = outline.reviewRecord != outlines::ReviewRecord()};
}

Outline fromRow(const database::FeatureRow& row) {
    // Another program may have written anything, and what is read must be fit to be kept.
    Outline outline{.uuid = asUtf8(row.uuid),
                    .geometry = geo::shapeFromWkb(row.wkb),
                    .name = asUtf8(row.name),
                    .srcDate = asUtf8(row.srcDate),
                    .sceneId = asUtf8(row.scene),
                    .sensor = asUtf8(row.sensor),
                    .model = asUtf8(row.model),
                    .modelFingerprint = asUtf8(row.modelFingerprint),
                    .run = asUtf8(row.run),
                    .threshold = std::isfinite(row.threshold) ? row.threshold : 0,
                    .attributes = {},
                    .review = outlines::reviewFromString(row.review).value_or(outlines::Review::NotReviewed)};
    outline.analyst = asUtf8(row.analyst);
    outline.origin = outlines::originFromString(row.origin);
    outline.isChanged = row.isChanged;
    outline.reviewRecord = {asUtf8(row.reviewer), asUtf8(row.reviewTime), asUtf8(row.reviewNote),
                            row.isReviewOutdated};
    setAttributesFromJson(outline, asUtf8(row.attributes));
    for (const auto& [column, value] : row.added) {
        outline.attributes[asUtf8(column)] = attributeOf(value);
    }
    return outline;
}

} // namespace nunatak::project
