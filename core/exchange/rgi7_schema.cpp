// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of RGI 7.0's glacier and complex products: names, order, types and widths as its own files have
// them; what is written where nobody knows as its scripts (GLIMS-RGI/rgi7_scripts, alpha_to_beta).
#include "exchange/export_schema.h"
#include "exchange/schema_values.h"

namespace nunatak::exchange {

namespace {

using outlines::AttributeType;
using outlines::AttributeValue;
using Exported = const ExportedOutline&;
using Measures = outlines::SurfaceMeasures;

constexpr int textWidth = 80;
constexpr int numberWidth = 18;
constexpr int realWidth = 24;
constexpr int realPrecision = 15;
constexpr int unknownNumber = -999;
constexpr int notAssigned = 9;

constexpr const char* givenByRgi = "the RGI gives it";
constexpr const char* givenByGlims = "GLIMS gives it when outlines are handed in there";
constexpr const char* needsRegion = "the RGI's region of the outlines is not known: say it (--o1region, "
                                    "--o2region; in the window: RGI region)";
constexpr const char* needsHeights =
    "no elevation model was looked at: name one (--elevation; in the window: Elevation)";
constexpr const char* nobodySaid = "nobody has said it of the glacier";

ExportField text(const char* name, std::function<AttributeValue(Exported)> value, const char* why) {
    return {
        name, AttributeType::Text, std::move(value), AttributeValue::null(AttributeType::Text), textWidth, 0,
        why,  why == needsHeights};
}
ExportField number(const char* name, std::function<AttributeValue(Exported)> value, int missing,
                   const char* why) {
    return {name, AttributeType::Integer, std::move(value), AttributeValue(missing), numberWidth, 0,
            why,  why == needsHeights};
}
ExportField real(const char* name, std::function<AttributeValue(Exported)> value, const char* why) {
    return {name,
            AttributeType::Real,
            std::move(value),
            AttributeValue::null(AttributeType::Real),
            realWidth,
            realPrecision,
            why,
            why == needsHeights};
}
ExportField height(const char* name, SurfaceMember member) {
    return real(
        name, [member](Exported exported) { return surfaceValue(exported, member); }, needsHeights);
}
/// As it is known under this name.
ExportField known(const char* name, int missing, const char* why) {
    return number(
        name, [name](Exported exported) { return numberOrNull(knownNumber(exported, name)); }, missing, why);
}

/// A day has a time of day there: 2003-07-30T00:00:00.
AttributeValue sourceDate(Exported exported) {
    constexpr std::size_t dayLength = 10;
    const std::string date = knownDate(*exported.outline);
    return textOrNull(date.size() == dayLength ? date + "T00:00:00" : date);
}

AttributeValue isOfRgi6(Exported exported) {
    if (const auto said = knownNumber(exported, "is_rgi6")) {
        return *said;
    }
    const auto& outline = *exported.outline;
    const auto* id = attributeNamed(outline, "rgi_id");
    const bool hasId = id != nullptr && id->text().starts_with("RGI60-");
    if (hasId && exported.shape == ExportedOutline::Shape::AsDescribed) {
        return 1;
    }
    const bool isMapped = outline.isChanged || outline.origin == outlines::Origin::Machine ||
                          outline.origin == outlines::Origin::Drawn || !outline.model.empty();
    return isMapped ? AttributeValue(0) : AttributeValue::null(AttributeType::Integer);
}

AttributeValue terminus(Exported exported, bool isLongitude) {
    if (exported.surface.measures) {
        const auto& place = exported.surface.measures->terminus;
        return realOrNull(place ? std::optional(isLongitude ? place->x : place->y) : std::nullopt);
    }
    return realOrNull(knownReal(exported, isLongitude ? "termlon" : "termlat"));
}

AttributeValue sector(Exported exported) {
    if (exported.surface.measures) {
        return exported.surface.measures->aspectSector;
    }
    if (const auto said = knownNumber(exported, "aspect_sec")) {
        return *said;
    }
    const auto degrees = surfaceValue(exported, &Measures::aspect);
    return degrees.real() == nullptr ? AttributeValue::null(AttributeType::Integer)
                                     : AttributeValue(outlines::aspectSector(*degrees.real()));
}

AttributeValue elevationSource(Exported exported) {
    if (exported.surface.measures) {
        return textOrNull(exported.elevationSource);
    }
    // It says whose the heights are that are passed on.
    return !surfaceValue(exported, &Measures::lowest).isNull()
               ? textOrNull(knownAttribute(exported, "dem_source").text())
               : AttributeValue();
}

std::vector<ExportField> place() {
    return {
        text(
            "rgi_id", [](Exported exported) { return textOrNull(exported.id); }, givenByRgi),
        text(
            "o1region", [](Exported exported) { return textOrNull(exported.firstRegion); }, needsRegion),
        text(
            "o2region", [](Exported exported) { return textOrNull(exported.secondRegion); }, needsRegion),
        real(
            "cenlon", [](Exported exported) { return exported.inside.x; }, ""),
        real(
            "cenlat", [](Exported exported) { return exported.inside.y; }, ""),
        number(
            "utm_zone", [](Exported exported) { return exported.utmZone; }, unknownNumber, ""),
        real(
            "area_km2", [](Exported exported) { return exported.areaKm2; }, ""),
    };
}

} // namespace

ExportSchema rgi7Glaciers() {
    auto fields = place();
    const std::vector<ExportField> ofGlims{
        text(
            "glims_id",
            [](Exported exported) { return textOrNull(knownAttribute(exported, "glims_id").text()); },
            givenByGlims),
        known("anlys_id", unknownNumber, givenByGlims),
        known("subm_id", unknownNumber, givenByGlims),
        text("src_date", sourceDate, "the outline has no date"),
    };
    fields.insert(fields.begin() + 3, ofGlims.begin(), ofGlims.end());
    const std::vector<ExportField> ofGlacier{
        known("primeclass", unknownNumber, nobodySaid),
        number(
            "conn_lvl", [](Exported exported) { return numberOrNull(connectionLevel(exported)); },
            unknownNumber, nobodySaid),
        number(
            "surge_type", [](Exported exported) { return numberOrNull(knownNumber(exported, "surge_type")); },
            notAssigned, nobodySaid),
        number(
            "term_type", [](Exported exported) { return numberOrNull(terminusType(exported)); }, notAssigned,
            nobodySaid),
        text(
            "glac_name", [](Exported exported) { return textOrNull(exported.outline->name); },
            "the glacier has no name"),
        number("is_rgi6", isOfRgi6, unknownNumber, "nobody knows where the outline comes from"),
        real(
            "termlon", [](Exported exported) { return terminus(exported, true); }, needsHeights),
        real(
            "termlat", [](Exported exported) { return terminus(exported, false); }, needsHeights),
        height("zmin_m", &Measures::lowest),
        height("zmax_m", &Measures::highest),
        height("zmed_m", &Measures::median),
        height("zmean_m", &Measures::mean),
        height("slope_deg", &Measures::slope),
        height("aspect_deg", &Measures::aspect),
        number("aspect_sec", sector, notAssigned, needsHeights),
        text("dem_source", elevationSource, needsHeights),
        number("lmax_m", surfaceLength, unknownNumber, needsHeights),
    };
    fields.insert(fields.end(), ofGlacier.begin(), ofGlacier.end());
    return {.id = "rgi7-g",
            .title = "RGI 7.0, glaciers",
            .what = "The 28 attributes of the glacier product of the Randolph Glacier Inventory 7.0",
            .fields = std::move(fields),
            .isLongitudeLatitude = true,
            .isOfSinglePolygons = true,
            .wantsSurface = true,
            .ids = IdForm{"rgi_id", "RGI\\d{4}-v7\\.0-G-\\d{2}-\\d{5}", "NEW{0}-v7.0-G-{1}-{2:05}"}};
}

ExportSchema rgi7Complexes() {
    return {.id = "rgi7-c",
            .title = "RGI 7.0, glacier complexes",
            .what = "Glaciers that touch as one, with the attributes of the complex product of the RGI 7.0",
            .fields = place(),
            .isLongitudeLatitude = true,
            .isOfSinglePolygons = true,
            .isDissolved = true,
            .ids = IdForm{"rgi_id", "RGI\\d{4}-v7\\.0-C-\\d{2}-\\d{5}", "NEW{0}-v7.0-C-{1}-{2:05}"}};
}

} // namespace nunatak::exchange
