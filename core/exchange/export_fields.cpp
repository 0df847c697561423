// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/export_fields.h"

#include "exchange/schema_values.h"
#include "outlines/attribute_schema.h"

#include "base/dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <map>
#include <set>

namespace nunatak::exchange {

namespace {

using outlines::AttributeType;
using outlines::AttributeValue;

/// Fields of ours that are measured; an attribute of that name is the same quantity.
constexpr std::array measuredFields{"cenlon", "cenlat", "utm_zone", "area_km2"};

bool isSameName(const std::string& a, const std::string& b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return std::tolower(static_cast<unsigned char>(x)) ==
                      std::tolower(static_cast<unsigned char>(y));
           });
}

bool isMeasured(const std::string& name) {
    return std::any_of(measuredFields.begin(), measuredFields.end(),
                       [&](const char* field) { return isSameName(name, field); });
}

ExportField textField(const char* name, std::string outlines::Outline::*member) {
    return {name, AttributeType::Text,
            [member](const ExportedOutline& exported) { return textOrNull(exported.outline->*member); }};
}

bool isExactAsReal(std::int64_t whole) {
    constexpr std::int64_t largest = std::int64_t{1} << 53;
    return whole >= -largest && whole <= largest;
}

/// What a column has to be so that it can hold all values of an attribute.
class CommonType {
public:
    void add(const AttributeValue& value) {
        if (value.isNull()) {
            m_typeOfNulls = value.type();
            return;
        }
        m_types.insert(value.type());
        m_isExact = m_isExact && (value.integer() == nullptr || isExactAsReal(*value.integer()));
    }
    AttributeType type() const {
        if (m_types.empty()) {
            return m_typeOfNulls;
        }
        if (m_types.size() == 1) {
            return *m_types.begin();
        }
        const bool areNumbers = m_types == std::set{AttributeType::Integer, AttributeType::Real};
        return areNumbers && m_isExact ? AttributeType::Real : AttributeType::Text;
    }
    bool isMixed() const { return m_types.size() > 1 && type() == AttributeType::Text; }

private:
    std::set<AttributeType> m_types;
    AttributeType m_typeOfNulls = AttributeType::Text;
    bool m_isExact = true;
};

AttributeValue converted(const AttributeValue& value, AttributeType type) {
    if (value.isNull()) {
        return AttributeValue::null(type);
    }
    if (value.type() == type) {
        return value;
    }
    if (type == AttributeType::Real && value.integer() != nullptr) {
        return static_cast<double>(*value.integer());
    }
    return value.text();
}

/// How many outlines still have the shape that an attribute describes.
struct Usage {
    CommonType type;
    std::size_t stale = 0;
    std::size_t unknown = 0;
    std::size_t kept = 0;
};

using NamesByCount = std::map<std::size_t, std::vector<std::string>>;

void tell(const NamesByCount& names, const char* sentence, std::vector<std::string>& notes) {
    for (const auto& [count, which] : names) {
        notes.push_back(fmt::format(fmt::runtime(sentence), outlinesText(count), listed(which)));
    }
}

void tellOfShapes(const std::map<std::string, Usage>& usage, std::vector<std::string>& notes) {
    std::vector<std::string> gone;
    NamesByCount emptied;
    NamesByCount doubtful;
    NamesByCount remeasured;
    for (const auto& [name, used] : usage) {
        if (isMeasured(name)) {
            remeasured[used.stale + used.unknown].push_back(name);
            continue;
        }
        doubtful[used.unknown].push_back(name);
        if (used.stale > 0 && used.kept == 0) {
            gone.push_back(name);
        } else {
            emptied[used.stale].push_back(name);
        }
    }
    for (auto* names : {&emptied, &doubtful, &remeasured}) {
        names->erase(0);
    }
    if (!gone.empty()) {
        notes.push_back(fmt::format(
            "Left out, since the outlines have other shapes than those it was said of: {}.", listed(gone)));
    }
    tell(emptied, "Left empty for {}, since it was said of another shape: {}.", notes);
    tell(doubtful, "Passed on for {}, though nothing says that it was said of the present shape: {}.", notes);
    tell(remeasured, "Measured anew for {}, not known to have the shape of the imported file: {}.", notes);
}

} // namespace

std::string outlinesText(std::size_t count) {
    return count == 1 ? "one outline" : fmt::format("{} outlines", count);
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    }
    return text;
}

const AttributeValue* attributeNamed(const outlines::Outline& outline, const std::string& name) {
    if (const auto found = outline.attributes.find(name); found != outline.attributes.end()) {
        return &found->second;
    }
    for (const auto& [key, value] : outline.attributes) {
        if (isSameName(key, name)) {
            return &value;
        }
    }
    return nullptr;
}

std::vector<ExportField> ownFields(geo::ShapeKind kind) {
    using Exported = const ExportedOutline&;
    using Outline = outlines::Outline;
    using Type = AttributeType;
    std::vector<ExportField> fields{
        {"rgi_id", Type::Text,
         [](Exported exported) {
             const auto* id = attributeNamed(*exported.outline, "rgi_id");
             return id == nullptr ? AttributeValue() : textOrNull(id->text());
         }},
        textField("glac_name", &Outline::name),
        {"src_date", Type::Text,
         [](Exported exported) {
             // Another program may have written 20.08.2020 into a project; what is no date stays as it is.
             const auto read = readDate(exported.outline->srcDate);
             return textOrNull(read.kind == DateReading::Kind::Date ? read.date : exported.outline->srcDate);
         }},
        {"cenlon", Type::Real, [](Exported exported) { return exported.inside.x; }},
        {"cenlat", Type::Real, [](Exported exported) { return exported.inside.y; }},
        {"utm_zone", Type::Integer, [](Exported exported) { return exported.utmZone; }},
        {"area_km2", Type::Real, [](Exported exported) { return exported.areaKm2; }},
        textField("uuid", &Outline::uuid),
        textField("scene_id", &Outline::sceneId),
        textField("sensor", &Outline::sensor),
        textField("model", &Outline::model),
        textField("model_fp", &Outline::modelFingerprint),
        textField("run_id", &Outline::run),
        {"threshold", Type::Real,
         [](Exported exported) {
             return exported.outline->model.empty() ? AttributeValue::null(Type::Real)
                                                    : AttributeValue(exported.outline->threshold);
         }},
        {"review", Type::Text,
         [](Exported exported) {
             const auto review = exported.outline->review;
             return review == outlines::Review::NotReviewed ? AttributeValue()
                                                            : AttributeValue(outlines::toString(review));
         }},
        textField("analyst", &Outline::analyst),
        {"origin", Type::Text,
         [](Exported exported) { return textOrNull(outlines::toString(exported.outline->origin)); }},
        {"changed", Type::Integer, // 0 or 1: a Shapefile has no yes and no
         [](Exported exported) {
             // Of an outline of which nobody knows how it came to be, nobody knows this either.
             const bool isUnknown =
                 exported.outline->origin == outlines::Origin::Unknown && !exported.outline->isChanged;
             return isUnknown ? AttributeValue::null(Type::Integer)
                              : AttributeValue(exported.outline->isChanged ? 1 : 0);
         }},
        {"reviewer", Type::Text,
         [](Exported exported) { return textOrNull(exported.outline->reviewRecord.reviewer); }},
        {"rev_time", Type::Text,
         [](Exported exported) { return textOrNull(exported.outline->reviewRecord.time); }},
        {"rev_note", Type::Text,
         [](Exported exported) { return textOrNull(exported.outline->reviewRecord.note); }},
        {"rev_old", Type::Integer, // as changed
         [](Exported exported) {
             return exported.outline->review == outlines::Review::NotReviewed
                        ? AttributeValue::null(Type::Integer)
                        : AttributeValue(exported.outline->reviewRecord.isOutdated ? 1 : 0);
         }},
    };
    if (kind != geo::ShapeKind::Area) {
        std::erase_if(fields, [](const ExportField& field) { return isMeasured(field.name); });
    }
    if (kind == geo::ShapeKind::Polyline) {
        fields.push_back({"length_m", Type::Real, [](Exported exported) { return exported.lengthM; }});
    }
    return fields;
}

std::vector<ExportField> attributeFields(const std::vector<ExportedOutline>& outlines,
                                         std::vector<std::string>& notes) {
    std::map<std::string, Usage> usage;
    for (const auto& exported : outlines) {
        for (const auto& [name, value] : exported.outline->attributes) {
            if (isSameName(name, "rgi_id")) {
                continue;
            }
            Usage& used = usage[name];
            const bool isOfShape = outlines::describesTheShape(name) && !value.isNull();
            if (isOfShape && exported.shape == ExportedOutline::Shape::Other) {
                ++used.stale;
                continue;
            }
            used.unknown += isOfShape && exported.shape == ExportedOutline::Shape::Unknown ? 1 : 0;
            ++used.kept;
            used.type.add(value);
        }
    }
    std::vector<ExportField> fields;
    std::vector<std::string> mixed;
    for (const auto& [name, used] : usage) {
        if (isMeasured(name) || used.kept == 0) {
            continue;
        }
        if (used.type.isMixed()) {
            mixed.push_back(name);
        }
        fields.push_back({name, used.type.type(),
                          [name = name, type = used.type.type(),
                           ofShape = outlines::describesTheShape(name)](const ExportedOutline& exported) {
                              const auto found = exported.outline->attributes.find(name);
                              return found == exported.outline->attributes.end() ||
                                             (ofShape && exported.shape == ExportedOutline::Shape::Other)
                                         ? AttributeValue::null(type)
                                         : converted(found->second, type);
                          }});
    }
    if (!mixed.empty()) {
        notes.push_back(fmt::format(
            "Written as text, since outlines differ in what they have there (text, number, date): {}.",
            listed(mixed)));
    }
    tellOfShapes(usage, notes);
    return fields;
}

} // namespace nunatak::exchange
