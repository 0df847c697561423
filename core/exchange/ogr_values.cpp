// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ogr_values.h"

#include <ogr_feature.h>

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace nunatak::exchange {

namespace {

using outlines::AttributeType;
using outlines::AttributeValue;

AttributeType typeOf(const OGRFieldDefn& field) {
    switch (field.GetType()) {
    case OFTInteger:
        return field.GetSubType() == OFSTBoolean ? AttributeType::Boolean : AttributeType::Integer;
    case OFTInteger64:
        return AttributeType::Integer;
    case OFTReal:
        return AttributeType::Real;
    case OFTDate:
        return AttributeType::Date;
    case OFTTime:
        return AttributeType::Time;
    case OFTDateTime:
        return AttributeType::DateTime;
    default:
        return AttributeType::Text;
    }
}

std::string zoneText(int flag) {
    constexpr int utc = 100; // OGR: 0 unknown, 1 local, else quarters of an hour from here
    if (flag <= 1) {
        return {};
    }
    const int minutes = std::abs(flag - utc) * 15;
    return flag == utc ? "Z"
                       : fmt::format("{}{:02}:{:02}", flag < utc ? '-' : '+', minutes / 60, minutes % 60);
}

std::string isoText(const OGRFeature& feature, int field, AttributeType type) {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    float second = 0;
    int zone = 0;
    feature.GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second, &zone);
    std::string text;
    if (type != AttributeType::Time) {
        text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
    }
    if (type == AttributeType::DateTime) {
        text += 'T';
    }
    if (type != AttributeType::Date) {
        const bool whole = second == std::floor(second);
        text += fmt::format("{:02}:{:02}:", hour, minute) +
                (whole ? fmt::format("{:02}", static_cast<int>(second)) : fmt::format("{:06.3f}", second)) +
                zoneText(zone);
    }
    return text;
}

} // namespace

AttributeValue valueOf(const OGRFeature& feature, int field) {
    const auto& definition = *feature.GetDefnRef()->GetFieldDefn(field);
    const auto type = typeOf(definition);
    if (feature.IsFieldSetAndNotNull(field) == 0) {
        return AttributeValue::null(type);
    }
    switch (type) {
    case AttributeType::Boolean:
        return feature.GetFieldAsInteger(field) != 0;
    case AttributeType::Integer:
        return static_cast<std::int64_t>(feature.GetFieldAsInteger64(field));
    case AttributeType::Real:
        return feature.GetFieldAsDouble(field);
    case AttributeType::Date:
    case AttributeType::Time:
    case AttributeType::DateTime:
        return AttributeValue::moment(type, isoText(feature, field, type));
    case AttributeType::Text:
        break;
    }
    const auto stored = definition.GetType();
    if (stored == OFTStringList || stored == OFTIntegerList || stored == OFTInteger64List ||
        stored == OFTRealList) {
        char* json = feature.GetFieldAsSerializedJSon(field);
        std::string text = json != nullptr ? json : "";
        CPLFree(json);
        return text;
    }
    return feature.GetFieldAsString(field);
}

void setValue(OGRFeature& feature, int field, const AttributeValue& value) {
    if (const auto* whole = value.integer()) {
        feature.SetField(field, static_cast<GIntBig>(*whole));
    } else if (const auto* number = value.real()) {
        feature.SetField(field, *number);
    } else if (const auto* answer = value.boolean()) {
        feature.SetField(field, *answer ? 1 : 0);
    } else if (const auto* text = value.string()) {
        feature.SetField(field, text->c_str());
    } else {
        feature.SetFieldNull(field); // GeoJSON has no such member where a field was never set
    }
}

} // namespace nunatak::exchange
