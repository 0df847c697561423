// SPDX-License-Identifier: GPL-3.0-or-later
// The table of RGI 6.0: names, order, types and widths as its own files have them, codes as in its technical
// note (RGI Consortium 2017).
#include "exchange/export_schema.h"
#include "exchange/schema_values.h"

#include <cmath>

namespace nunatak::exchange {

namespace {

using outlines::AttributeType;
using outlines::AttributeValue;
using Exported = const ExportedOutline&;
using Measures = outlines::SurfaceMeasures;

constexpr int unknownNumber = -999;
constexpr int notAssigned = 9;
constexpr const char* unknownDate = "-9999999";
constexpr const char* needsHeights =
    "no elevation model was looked at: name one (--elevation; in the window: Elevation)";
constexpr const char* nobodySaid = "nobody has said it of the glacier";

ExportField text(const char* name, int width, std::function<AttributeValue(Exported)> value,
                 const AttributeValue& missing, const char* why) {
    return {name, AttributeType::Text, std::move(value), missing, width, 0, why, why == needsHeights};
}
ExportField number(const char* name, int width, std::function<AttributeValue(Exported)> value, int missing,
                   const char* why) {
    return {name, AttributeType::Integer, std::move(value), AttributeValue(missing), width, 0,
            why,  why == needsHeights};
}
/// With so many decimals.
ExportField real(const char* name, int width, int decimals, std::function<AttributeValue(Exported)> value,
                 const AttributeValue& missing, const char* why) {
    const auto rounded = [value = std::move(value), decimals](Exported exported) {
        const AttributeValue exact = value(exported);
        const double scale = std::pow(10, decimals);
        return exact.real() == nullptr ? exact : AttributeValue(std::round(*exact.real() * scale) / scale);
    };
    return {name, AttributeType::Real, rounded, missing, width, decimals, why, why == needsHeights};
}
ExportField height(const char* name, SurfaceMember member) {
    return number(
        name, 5,
        [member](Exported exported) {
            const auto metres = surfaceValue(exported, member);
            return metres.real() == nullptr ? AttributeValue::null(AttributeType::Integer)
                                            : AttributeValue(std::llround(*metres.real()));
        },
        unknownNumber, needsHeights);
}
ExportField code(const char* name, int missing, std::function<AttributeValue(Exported)> value) {
    return number(name, 2, std::move(value), missing, nobodySaid);
}
ExportField code(const char* name, int missing) {
    return code(name, missing,
                [name](Exported exported) { return numberOrNull(knownNumber(exported, name)); });
}

/// YYYYMMDD, 99 for what is not known of it.
std::string compactDate(std::string date) {
    if (date.empty()) {
        return date;
    }
    std::string compact;
    for (const char letter : date) {
        if (letter != '-') {
            compact += letter;
        }
    }
    constexpr std::size_t length = 8;
    compact.resize(length, '9');
    return compact;
}

std::string endDate(Exported exported) {
    const auto* said = attributeNamed(*exported.outline, "EndDate");
    return said == nullptr ? std::string() : said->text();
}

/// RGI 6's own codes; RGI 7's shelf is 5 there.
AttributeValue terminusCode(Exported exported) {
    if (const auto said = knownNumber(exported, "TermType")) {
        return *said;
    }
    constexpr std::int64_t shelf = 5;
    const auto type = terminusType(exported);
    return numberOrNull(type && *type == 3 ? std::optional(shelf) : type);
}

/// "06" is "6" there.
AttributeValue withoutZeros(const std::string& digits) {
    const auto first = digits.find_first_not_of('0');
    return textOrNull(first == std::string::npos ? digits : digits.substr(first));
}

/// "11-01" is "1" there.
AttributeValue secondRegion(Exported exported) {
    const auto dash = exported.secondRegion.find('-');
    return dash == std::string::npos ? AttributeValue()
                                     : withoutZeros(exported.secondRegion.substr(dash + 1));
}

} // namespace

ExportSchema rgi6() {
    constexpr const char* needsRegion = "the RGI's region of the outlines is not known: say it (--o1region, "
                                        "--o2region; in the window: RGI region)";
    std::vector<ExportField> fields{
        text(
            "RGIId", 14, [](Exported exported) { return textOrNull(exported.id); }, {}, "the RGI gives it"),
        text(
            "GLIMSId", 14,
            [](Exported exported) { return textOrNull(knownAttribute(exported, "glims_id").text()); }, {},
            "GLIMS gives it when outlines are handed in there"),
        text(
            "BgnDate", 8,
            [](Exported exported) { return textOrNull(compactDate(knownDate(*exported.outline))); },
            unknownDate, "the outline has no date"),
        text(
            "EndDate", 8, [](Exported exported) { return textOrNull(endDate(exported)); }, unknownDate,
            "the outline is of one day"),
        real(
            "CenLon", 14, 9, [](Exported exported) { return AttributeValue(exported.inside.x); }, {}, ""),
        real(
            "CenLat", 14, 9, [](Exported exported) { return AttributeValue(exported.inside.y); }, {}, ""),
        text(
            "O1Region", 2, [](Exported exported) { return withoutZeros(exported.firstRegion); }, {},
            needsRegion),
        text("O2Region", 2, secondRegion, {}, needsRegion),
        real(
            "Area", 14, 3, [](Exported exported) { return AttributeValue(exported.areaKm2); }, {}, ""),
        height("Zmin", &Measures::lowest),
        height("Zmax", &Measures::highest),
        height("Zmed", &Measures::median),
        real(
            "Slope", 5, 1, [](Exported exported) { return surfaceValue(exported, &Measures::slope); },
            AttributeValue(static_cast<double>(-9)), needsHeights),
        number(
            "Aspect", 4,
            [](Exported exported) {
                const auto degrees = surfaceValue(exported, &Measures::aspect);
                return degrees.real() == nullptr ? AttributeValue::null(AttributeType::Integer)
                                                 : AttributeValue(std::llround(*degrees.real()) % 360);
            },
            -9, needsHeights),
        number("Lmax", 6, surfaceLength, -9, needsHeights),
        code("Status", 0),
        code("Connect", notAssigned,
             [](Exported exported) { return numberOrNull(connectionLevel(exported)); }),
        code("Form", notAssigned),
        code("TermType", notAssigned, terminusCode),
        code("Surging", notAssigned,
             [](Exported exported) { return numberOrNull(knownNumber(exported, "surge_type")); }),
        code("Linkages", notAssigned),
        text(
            "Name", 48, [](Exported exported) { return textOrNull(exported.outline->name); }, {},
            "the glacier has no name"),
    };
    return {.id = "rgi6",
            .title = "RGI 6.0",
            .what = "The 22 attributes of the Randolph Glacier Inventory 6.0",
            .fields = std::move(fields),
            .isLongitudeLatitude = true,
            .isOfSinglePolygons = true,
            .wantsSurface = true,
            .measuredBy = "zmed_m", // it has no mean
            .ids = IdForm{"RGIId", "RGI6[01]-\\d{2}\\.\\d{5}", "NEW60-{1}.{2:05}"}};
}

} // namespace nunatak::exchange
