// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/fields.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace nunatak::exchange {

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

struct NamedRole {
    const char* name;
    FieldRole role;
};

// In lower case: DBF files come in either.
constexpr std::array namedRoles{
    NamedRole{"uuid", FieldRole::Uuid},
    NamedRole{"rgi_id", FieldRole::RgiId},
    NamedRole{"rgiid", FieldRole::RgiId},
    NamedRole{"glac_name", FieldRole::Name},
    NamedRole{"name", FieldRole::Name},
    NamedRole{"src_date", FieldRole::Date},
    NamedRole{"bgndate", FieldRole::Date},
    NamedRole{"scene_id", FieldRole::SceneId},
    NamedRole{"sensor", FieldRole::Sensor},
    NamedRole{"model", FieldRole::Model},
    NamedRole{"model_fp", FieldRole::ModelFingerprint},
    NamedRole{"run_id", FieldRole::Run},
    NamedRole{"threshold", FieldRole::Threshold},
    NamedRole{"review", FieldRole::Review},
};

} // namespace

FieldRole roleOf(const std::string& fieldName) {
    const std::string name = lower(fieldName);
    for (const auto& named : namedRoles) {
        if (name == named.name) {
            return named.role;
        }
    }
    return FieldRole::Other;
}

bool isUuid(const std::string& text) {
    if (text.size() != 36) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0) {
            return false;
        }
    }
    return true;
}

void setField(outlines::Outline& outline, FieldRole role, const std::string& fieldName,
              const outlines::AttributeValue& value) {
    const std::string text = value.text();
    if (text.empty() && role != FieldRole::Other) {
        return;
    }
    const auto keep = [&] { outline.attributes[fieldName] = value; }; // somebody else's words
    switch (role) {
    case FieldRole::Uuid:
        if (isUuid(text)) {
            outline.uuid = lower(text);
        } else {
            keep();
        }
        break;
    case FieldRole::RgiId:
        outline.attributes["rgi_id"] = value;
        break;
    case FieldRole::GlimsId:
        outline.attributes["glims_id"] = value;
        break;
    case FieldRole::Name:
        outline.name = text;
        break;
    case FieldRole::SceneId:
        outline.sceneId = text;
        break;
    case FieldRole::Sensor:
        outline.sensor = text;
        break;
    case FieldRole::Model:
        outline.model = text;
        break;
    case FieldRole::ModelFingerprint:
        outline.modelFingerprint = text;
        break;
    case FieldRole::Run:
        outline.run = text;
        break;
    case FieldRole::Threshold: {
        // from_chars, unlike strtod, does not ask the locale what a decimal point is.
        double threshold = 0;
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, threshold);
        if (read.ec == std::errc() && read.ptr == end && threshold >= 0 && threshold <= 1) {
            outline.threshold = threshold;
        } else {
            keep();
        }
        break;
    }
    case FieldRole::Review:
        if (const auto review = outlines::reviewFromString(text)) {
            outline.review = *review;
        } else {
            keep();
        }
        break;
    case FieldRole::Analyst:
        outline.analyst = text;
        break;
    case FieldRole::Origin:
        outline.origin = outlines::originFromString(text);
        break;
    case FieldRole::IsChanged:
        outline.isChanged = text == "true" || text == "1";
        break;
    case FieldRole::Reviewer:
        outline.reviewRecord.reviewer = text;
        break;
    case FieldRole::ReviewTime:
        outline.reviewRecord.time = text;
        break;
    case FieldRole::ReviewNote:
        outline.reviewRecord.note = text;
        break;
    case FieldRole::IsReviewOutdated:
        outline.reviewRecord.isOutdated = text == "true" || text == "1";
        break;
    case FieldRole::Date:
    case FieldRole::LineType:
    case FieldRole::Analysis:
    case FieldRole::Other:
        keep();
        break;
    }
}

} // namespace nunatak::exchange
