// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/column_roles.h"

#include "base/error.h"
#include "exchange/glims.h"
#include "outlines/attribute_schema.h"

#include <algorithm>
#include <cctype>
#include <climits>
#include <utility>

namespace nunatak::exchange {

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

struct Candidates {
    FieldRole role;
    std::vector<const char*> columns; ///< in lower case, the surest first
};

/// The names by which files have an attribute.
std::vector<const char*> namesOf(const char* attribute) {
    const outlines::AttributeInfo& info = *outlines::attributeInfo(attribute);
    std::vector<const char*> names{info.id};
    names.insert(names.end(), info.spellings.begin(), info.spellings.end());
    return names;
}

/// RGI 7, RGI 6, GLIMS and our own names; then the Norwegian (brenavn, datafangstdato), Chilean (nombre),
/// French (Glacier, date, GLIMS_ID) and Swiss (date) inventories and what Shapefiles of glaciers are full of,
/// also cut to the ten letters of a DBF.
const std::vector<Candidates>& candidates() {
    static const std::vector<Candidates> all{
        {FieldRole::Uuid, {"uuid"}},
        {FieldRole::SceneId, {"scene_id"}},
        {FieldRole::Model, {"model"}},
        {FieldRole::ModelFingerprint, {"model_fp"}},
        {FieldRole::Run, {"run_id"}},
        {FieldRole::Threshold, {"threshold"}},
        {FieldRole::Review, {"review"}},
        {FieldRole::Sensor, {"sensor"}},
        {FieldRole::RgiId, namesOf("rgi_id")},
        {FieldRole::GlimsId, namesOf("glims_id")},
        {FieldRole::Analysis, {"anlys_id", "analysis_id"}},
        {FieldRole::LineType, {"line_type", "category"}},
        {FieldRole::Name, namesOf(outlines::nameAttribute)},
        {FieldRole::Date, namesOf(outlines::dateAttribute)},
    };
    return all;
}

SourceColumn* find(std::vector<SourceColumn>& columns, const std::string& name) {
    const std::string wanted = lower(name);
    // As written first: a GeoJSON file may have Name and name.
    for (auto& column : columns) {
        if (column.name == name) {
            return &column;
        }
    }
    for (auto& column : columns) {
        if (lower(column.name) == wanted) {
            return &column;
        }
    }
    return nullptr;
}

std::string listed(const std::vector<SourceColumn>& columns) {
    constexpr std::size_t most = 40;
    std::string list;
    for (std::size_t i = 0; i < columns.size() && i < most; ++i) {
        list += (i == 0 ? "" : ", ") + columns[i].name;
    }
    return columns.size() > most ? list + " …" : list;
}

bool fits(FieldRole role, const SourceColumn& column, const ColumnTexts& texts) {
    if (role != FieldRole::LineType || lower(column.name) == "line_type") {
        return true;
    }
    const auto found = texts.find(column.name);
    return found != texts.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [](const auto& text) { return lineKindOf(text) != LineKind::Unknown; });
}

/// The columns of a layer in a project of ours, or of an export of one; elsewhere their names may mean
/// something else.
void assignOwn(std::vector<SourceColumn>& columns, const FieldMapping& mapping) {
    const auto hasAll = [&](std::initializer_list<const char*> names) {
        return std::all_of(names.begin(), names.end(),
                           [&](const char* name) { return find(columns, name) != nullptr; });
    };
    const bool isOfProject = hasAll({"uuid", "model_fingerprint", "attributes"});
    if (!isOfProject && !hasAll({"uuid", "model_fp", "run_id", "origin", "changed"})) {
        return;
    }
    for (const auto& [name, role] :
         {std::pair{"scene", FieldRole::SceneId}, std::pair{"model_fingerprint", FieldRole::ModelFingerprint},
          std::pair{"run", FieldRole::Run}, std::pair{"analyst", FieldRole::Analyst},
          std::pair{"origin", FieldRole::Origin}, std::pair{"changed", FieldRole::IsChanged},
          std::pair{"reviewer", FieldRole::Reviewer}, std::pair{"review_time", FieldRole::ReviewTime},
          std::pair{"rev_time", FieldRole::ReviewTime}, std::pair{"review_note", FieldRole::ReviewNote},
          std::pair{"rev_note", FieldRole::ReviewNote},
          std::pair{"review_outdated", FieldRole::IsReviewOutdated},
          std::pair{"rev_old", FieldRole::IsReviewOutdated}}) {
        auto* column = find(columns, name);
        if (column != nullptr && column->role == FieldRole::Other && !mapping.contains(role)) {
            column->role = role;
        }
    }
}

const char* orderText(DateOrder order) {
    return order == DateOrder::DayFirst     ? " (day first)"
           : order == DateOrder::MonthFirst ? " (month first)"
                                            : "";
}

} // namespace

bool isToldByItsTexts(const std::string& column, const FieldMapping& mapping) {
    const std::string name = lower(column);
    for (const auto& entry : candidates()) {
        if (entry.role == FieldRole::Date || entry.role == FieldRole::LineType) {
            const auto chosen = mapping.find(entry.role);
            if (chosen != mapping.end()
                    ? lower(chosen->second.column) == name
                    : std::find(entry.columns.begin(), entry.columns.end(), name) != entry.columns.end()) {
                return true;
            }
        }
    }
    return false;
}

void assignRoles(std::vector<SourceColumn>& columns, const FieldMapping& mapping, const ColumnTexts& texts,
                 const std::string& file) {
    for (auto& column : columns) {
        column.role = FieldRole::Other;
        column.rank = 0;
        column.order = DateOrder::Unsaid;
    }
    for (const auto& [role, choice] : mapping) {
        if (choice.column.empty()) {
            continue;
        }
        auto* column = find(columns, choice.column);
        if (column == nullptr) {
            throw Error(file + " has no column \"" + choice.column + "\": it has " + listed(columns) + ".");
        }
        if (column->role != FieldRole::Other) {
            throw Error("The column \"" + column->name + "\" of " + file +
                        " cannot say two things: map it to one.");
        }
        column->role = role;
        column->order = choice.order;
    }
    for (const auto& entry : candidates()) {
        if (mapping.contains(entry.role)) {
            continue;
        }
        int rank = 0;
        for (const char* name : entry.columns) {
            for (auto& column : columns) {
                if (lower(column.name) == name && column.role == FieldRole::Other &&
                    fits(entry.role, column, texts) &&
                    (column.filled > 0 || name == std::string(entry.columns.front()))) {
                    column.role = entry.role;
                    column.rank = column.filled > 0 ? rank++ : INT_MAX;
                }
            }
        }
    }
    assignOwn(columns, mapping);
    for (auto& column : columns) {
        const auto found = texts.find(column.name);
        if (column.role == FieldRole::Date && column.order == DateOrder::Unsaid && found != texts.end()) {
            column.order = dateOrderOf({found->second.begin(), found->second.end()});
        }
    }
}

std::vector<std::string> roleNotes(const std::vector<SourceColumn>& columns) {
    std::string understood;
    std::vector<std::string> missing;
    const bool hasOthers = std::any_of(columns.begin(), columns.end(), [](const SourceColumn& column) {
        return column.role == FieldRole::Other;
    });
    for (const NamedMapping& named : mappedRoles()) {
        const auto column = std::find_if(columns.begin(), columns.end(), [&](const SourceColumn& c) {
            return c.role == named.role && (c.rank == 0 || c.rank == INT_MAX);
        });
        const bool isWanted = named.role == FieldRole::Name || named.role == FieldRole::Date;
        if (column == columns.end()) {
            if (isWanted && hasOthers) {
                missing.emplace_back(named.key);
            }
        } else if (isWanted || lower(column->name) != named.key) {
            understood += (understood.empty() ? "" : ", ") + std::string(named.shown) + " from " +
                          column->name + orderText(column->order);
        }
    }
    std::vector<std::string> notes;
    if (!understood.empty()) {
        notes.push_back("Columns understood: " + understood + ".");
    }
    for (const auto& key : missing) {
        notes.push_back("No column was understood as the " + key + " of an outline; the file has " +
                        listed(columns) + ". --map " + key +
                        "=COLUMN (in the window: the table of columns) says which it is.");
    }
    return notes;
}

} // namespace nunatak::exchange
