// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/attribute_schema.h"

#include "base/letters.h"

#include <algorithm>
#include <array>
#include <map>

namespace nunatak::outlines {

namespace {

using Type = AttributeType;

const std::vector<AttributeChoice> evidence{
    {0, "no evidence"}, {1, "possible"}, {2, "probable"}, {3, "observed"}, {9, "not assigned"}};
const std::vector<AttributeChoice> sectors{{1, "north"},      {2, "north-east"}, {3, "east"},
                                           {4, "south-east"}, {5, "south"},      {6, "south-west"},
                                           {7, "west"},       {8, "north-west"}, {9, "not assigned"}};

/// What an expert fills in.
std::vector<AttributeInfo> offered() {
    return {
        {.id = nameAttribute,
         .title = "Name",
         .meaning = "Glacier name",
         .spellings = {"name", "glacier_name", "glacier_na", "glaciername", "glacier", "gl_name", "brenavn",
                       "navn", "nafn", "nombre", "nom", "nome", "gletscher", "gletschername", "gletscherna",
                       "glaciar", "ghiacciaio"},
         .isOffered = true},
        {.id = dateAttribute,
         .title = "Source date",
         .type = Type::Date,
         .meaning = "The day that the outline shows, usually that of the image",
         .spellings = {"bgndate", "date", "acq_date", "img_date", "image_date", "scene_date", "survey_date",
                       "datafangstdato", "datafangst", "datum", "dato", "fecha", "year", "jahr", "annee",
                       "ano", "anno"},
         .isOffered = true},
        {.id = "rgi_id",
         .title = "RGI id",
         .meaning = "Names a single outline of the Randolph Glacier Inventory",
         .spellings = {"rgiid"},
         .identifies = Identifies::Outline,
         .isOffered = true,
         .form = R"(RGI\d{2}-\d{2}\.\d{5}|RGI2000-v7\.\d-[GC]-\d{2}-\d{5})",
         .example = "RGI60-11.00897 or RGI2000-v7.0-G-11-02192"},
        {.id = "glims_id",
         .title = "GLIMS id",
         .meaning = "Names a glacier in the GLIMS database at all its dates, such as G010752E46802N",
         .spellings = {"glimsid", "glac_id"},
         .identifies = Identifies::Glacier,
         .isOffered = true,
         .form = R"(G\d{6}E\d{5}[NS])",
         .example = "G010752E46802N"},
        {.id = "local_id",
         .title = "Local id",
         .meaning = "The id that the institution has which supplied the outline",
         .spellings = {"glacier_id", "glacierid", "inventory_id"},
         .identifies = Identifies::Glacier,
         .isOffered = true},
        {.id = "term_type",
         .title = "Terminus type",
         .type = Type::Integer,
         .meaning = "Where the glacier ends",
         .choices = {{0, "land-terminating"},
                     {1, "marine-terminating"},
                     {2, "lake-terminating"},
                     {3, "shelf-terminating"},
                     {9, "not assigned"}},
         .isOffered = true},
        {.id = "surge_type",
         .title = "Surge",
         .type = Type::Integer,
         .meaning = "Evidence that the glacier surges",
         .choices = evidence,
         .spellings = {"surging"},
         .isOffered = true},
        {.id = "debris_pct",
         .title = "Debris share",
         .type = Type::Real,
         .unit = "%",
         .meaning = "How much of the glacier's area is covered by debris",
         .describesShape = true,
         .isOffered = true,
         .least = 0,
         .most = 100},
        {.id = "tags",
         .title = "Tags",
         .meaning = "Words to find and sort glaciers by, with commas between them",
         .isOffered = true,
         .isWords = true},
        {.id = "notes",
         .title = "Notes",
         .meaning = "Remarks on the glacier, handed in with it; what a reviewer says of the outline is the "
                    "note of its review",
         .isOffered = true,
         .isLong = true},
    };
}

std::vector<AttributeInfo> ofRgi7() {
    return {
        {.id = "o1region",
         .title = "First-order region",
         .meaning = "Code of the RGI's first-order region",
         .spellings = {"gtng_o1reg"}},
        {.id = "o2region",
         .title = "Second-order region",
         .meaning = "Code of the RGI's second-order region",
         .spellings = {"gtng_o2reg"}},
        {.id = "anlys_id",
         .title = "Analysis id",
         .type = Type::Integer,
         .meaning = "Names an outline of a glacier at a time in the GLIMS database"},
        {.id = "subm_id",
         .title = "Submission id",
         .type = Type::Integer,
         .meaning = "Names the submission to GLIMS that the outline came with"},
        {.id = "cenlon",
         .title = "Centre longitude",
         .type = Type::Real,
         .unit = "°",
         .meaning = "Of a point about in the middle of the glacier",
         .describesShape = true,
         .least = -360,
         .most = 360},
        {.id = "cenlat",
         .title = "Centre latitude",
         .type = Type::Real,
         .unit = "°",
         .meaning = "Of a point about in the middle of the glacier",
         .describesShape = true,
         .least = -90,
         .most = 90},
        {.id = "utm_zone",
         .title = "UTM zone",
         .type = Type::Integer,
         .meaning = "In which that point lies",
         .describesShape = true,
         .least = 1,
         .most = 60},
        {.id = "area_km2",
         .title = "Area, as the file says",
         .type = Type::Real,
         .unit = "km²",
         .meaning = "Area of the glacier as the file says it; an export has the area as it is measured here",
         .describesShape = true,
         .least = 0},
        {.id = "primeclass",
         .title = "Primary classification",
         .type = Type::Integer,
         .meaning = "Primary classification of the World Glacier Monitoring Service",
         .choices = {{0, "miscellaneous"},
                     {1, "continental ice sheet"},
                     {2, "icefield"},
                     {3, "ice cap"},
                     {4, "outlet glacier"},
                     {5, "valley glacier"},
                     {6, "mountain glacier"},
                     {7, "glacieret and snowfield"},
                     {8, "ice shelf"},
                     {9, "rock glacier"}}},
        {.id = "conn_lvl",
         .title = "Connectivity level",
         .type = Type::Integer,
         .meaning = "How the glacier is connected to the Greenland Ice Sheet",
         .choices = {{0, "no connection"}, {1, "weak connection"}}},
        {.id = "is_rgi6",
         .title = "Same as in RGI 6",
         .type = Type::Integer,
         .meaning = "Whether the outline is that of RGI 6.0 or was mapped anew",
         .choices = {{0, "mapped anew"}, {1, "as in RGI 6.0"}}},
        {.id = "termlon",
         .title = "Terminus longitude",
         .type = Type::Real,
         .unit = "°",
         .meaning = "Of about the lowest point of the outline",
         .describesShape = true,
         .least = -360,
         .most = 360},
        {.id = "termlat",
         .title = "Terminus latitude",
         .type = Type::Real,
         .unit = "°",
         .meaning = "Of about the lowest point of the outline",
         .describesShape = true,
         .least = -90,
         .most = 90},
        {.id = "zmin_m",
         .title = "Minimum elevation",
         .type = Type::Real,
         .unit = "m",
         .meaning = "Above sea level",
         .spellings = {"zmin"},
         .describesShape = true},
        {.id = "zmax_m",
         .title = "Maximum elevation",
         .type = Type::Real,
         .unit = "m",
         .meaning = "Above sea level",
         .spellings = {"zmax"},
         .describesShape = true},
        {.id = "zmed_m",
         .title = "Median elevation",
         .type = Type::Real,
         .unit = "m",
         .meaning = "Above sea level",
         .spellings = {"zmed"},
         .describesShape = true},
        {.id = "zmean_m",
         .title = "Mean elevation",
         .type = Type::Real,
         .unit = "m",
         .meaning = "Above sea level",
         .describesShape = true},
        {.id = "slope_deg",
         .title = "Mean slope",
         .type = Type::Real,
         .unit = "°",
         .meaning = "Of the glacier's surface",
         .describesShape = true,
         .least = 0,
         .most = 90},
        {.id = "aspect_deg",
         .title = "Aspect",
         .type = Type::Real,
         .unit = "°",
         .meaning = "Of the glacier's surface, clockwise from north",
         .describesShape = true,
         .least = 0,
         .most = 360},
        {.id = "aspect_sec",
         .title = "Aspect sector",
         .type = Type::Integer,
         .meaning = "Towards which the glacier's surface looks",
         .choices = sectors,
         .describesShape = true},
        {.id = "dem_source",
         .title = "Elevation model",
         .meaning = "By which heights, slope and aspect were measured"},
        {.id = "lmax_m",
         .title = "Maximum length",
         .type = Type::Integer,
         .unit = "m",
         .meaning = "Of the longest centreline on the surface",
         .spellings = {"lmax"},
         .describesShape = true,
         .least = 0},
    };
}

/// Names of RGI 6 whose codes are others than RGI 7's, or that RGI 7 does not have.
std::vector<AttributeInfo> ofRgi6() {
    return {
        {.id = "TermType",
         .title = "Terminus type (RGI 6)",
         .type = Type::Integer,
         .meaning = "Where the glacier ends, by the codes of RGI 6",
         .choices = {{0, "land-terminating"},
                     {1, "marine-terminating"},
                     {2, "lake-terminating"},
                     {3, "dry calving"},
                     {4, "regenerated"},
                     {5, "shelf-terminating"},
                     {9, "not assigned"}},
         .standsFor = "term_type"},
        {.id = "Form",
         .title = "Form",
         .type = Type::Integer,
         .meaning = "Form of the ice body",
         .choices = {{0, "glacier"},
                     {1, "ice cap"},
                     {2, "perennial snowfield"},
                     {3, "seasonal snowfield"},
                     {9, "not assigned"}}},
        {.id = "Status",
         .title = "Status",
         .type = Type::Integer,
         .meaning = "Outlines that await subdivision, or are nominal circles",
         .choices = {{0, "glacier or ice cap"},
                     {1, "glacier complex"},
                     {2, "nominal glacier"},
                     {9, "not assigned"}}},
        {.id = "Connect",
         .title = "Connectivity level",
         .type = Type::Integer,
         .meaning = "How the glacier is connected to the Greenland Ice Sheet",
         .choices =
             {{0, "no connection"}, {1, "weak connection"}, {2, "strong connection"}, {9, "not assigned"}}},
        {.id = "EndDate", .title = "End date", .meaning = "The last day that the outline may be of"},
    };
}

std::vector<AttributeInfo> ofGlims() {
    return {
        {.id = "wgms_id",
         .title = "WGMS id",
         .meaning = "Names a glacier at the World Glacier Monitoring Service",
         .spellings = {"wgmsid"},
         .identifies = Identifies::Glacier},
        {.id = "line_type",
         .title = "Kind of line",
         .meaning = "GLIMS' kind of the polygon, such as glac_bound"},
        {.id = "anlys_time",
         .title = "Analysis time",
         .type = Type::DateTime,
         .meaning = "When the analysis was carried out"},
        {.id = "db_area",
         .title = "Area in GLIMS' database",
         .type = Type::Real,
         .unit = "km²",
         .meaning = "On the map, as calculated within the GLIMS Glacier Database",
         .describesShape = true,
         .least = 0},
        {.id = "min_elev",
         .title = "Minimum elevation",
         .type = Type::Real,
         .unit = "m",
         .meaning = "Above sea level",
         .describesShape = true},
        {.id = "mean_elev",
         .title = "Mean elevation",
         .type = Type::Real,
         .unit = "m",
         .meaning = "Above sea level",
         .describesShape = true},
        {.id = "max_elev",
         .title = "Maximum elevation",
         .type = Type::Real,
         .unit = "m",
         .meaning = "Above sea level",
         .describesShape = true},
        {.id = "rec_status", .title = "Record status", .meaning = "Of the record in the GLIMS database"},
        {.id = "release_dt",
         .title = "Release date",
         .type = Type::DateTime,
         .meaning = "After which the outline may be used"},
        {.id = "proc_desc", .title = "Processing", .meaning = "How the outline was made", .isLong = true},
    };
}

/// Measures of a shape under names that do not say their unit, or say another one; in small letters, without
/// underscores and units.
constexpr std::array<std::string_view, 47> shapeNames{
    "area",      "areakm2", "aream2",   "areaha",      "areasqkm", "dbarea",      "shapearea", "starea",
    "perimeter", "perim",   "perimkm",  "shapeleng",   "shapelen", "shapelength", "stlength",  "length",
    "lmax",      "width",   "cenlon",   "cenlat",      "termlon",  "termlat",     "utmzone",   "zmin",
    "zmax",      "zmed",    "zmean",    "minelev",     "maxelev",  "meanelev",    "medelev",   "medianelev",
    "elevmin",   "elevmax", "elevmean", "elevmed",     "slope",    "meanslope",   "aspect",    "aspectsec",
    "thickness", "volume",  "hypso",    "debrisshare", "debris",   "clean",       "undecided",
};
constexpr std::array<std::string_view, 8> units{"_km2", "_m2", "_ha", "_sqkm", "_km", "_m", "_deg", "_km3"};

constexpr std::array<std::string_view, 15> ownColumns{
    "uuid",    "scene_id", "sensor",  "model",    "model_fp", "run_id",   "threshold", "review",
    "analyst", "origin",   "changed", "reviewer", "rev_time", "rev_note", "rev_old",
};

const std::map<std::string, const AttributeInfo*>& byName() {
    static const auto names = [] {
        std::map<std::string, const AttributeInfo*> all;
        for (const AttributeInfo& info : attributeSchema()) {
            all.emplace(lowerCase(info.id), &info);
        }
        for (const AttributeInfo& info : attributeSchema()) {
            for (const char* spelling : info.spellings) {
                all.emplace(spelling, &info);
            }
        }
        return all;
    }();
    return names;
}

} // namespace

const std::vector<AttributeInfo>& attributeSchema() {
    static const auto schema = [] {
        std::vector<AttributeInfo> all = offered();
        for (const auto& more : {ofRgi7(), ofRgi6(), ofGlims()}) {
            all.insert(all.end(), more.begin(), more.end());
        }
        return all;
    }();
    return schema;
}

const AttributeInfo* attributeInfo(std::string_view name) {
    const auto found = byName().find(lowerCase(name));
    return found == byName().end() ? nullptr : found->second;
}

bool isNameOf(const AttributeInfo& info, std::string_view name) {
    return isSameInAnyCase(info.id, name) ||
           std::any_of(info.spellings.begin(), info.spellings.end(),
                       [&](const char* spelling) { return isSameInAnyCase(spelling, name); });
}

std::string titleOf(const std::string& attribute) {
    const AttributeInfo* info = attributeInfo(attribute);
    return info != nullptr ? info->title : attribute;
}

const AttributeChoice* choiceOf(const AttributeInfo& info, const AttributeValue& value) {
    const std::string code = value.text();
    const auto found = std::find_if(info.choices.begin(), info.choices.end(),
                                    [&](const auto& choice) { return std::to_string(choice.code) == code; });
    return found == info.choices.end() ? nullptr : &*found;
}

bool describesTheShape(const std::string& name) {
    if (const AttributeInfo* info = attributeInfo(name); info != nullptr && info->describesShape) {
        return true;
    }
    std::string plain = lowerCase(name);
    for (const auto unit : units) {
        if (plain.ends_with(unit)) {
            plain.resize(plain.size() - unit.size());
            break;
        }
    }
    std::erase(plain, '_');
    return std::find(shapeNames.begin(), shapeNames.end(), plain) != shapeNames.end();
}

bool isOwnColumn(std::string_view name) {
    return std::any_of(ownColumns.begin(), ownColumns.end(),
                       [&](std::string_view own) { return isSameInAnyCase(own, name); });
}

} // namespace nunatak::outlines
