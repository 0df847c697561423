// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/attribute_rows.h"

#include "geo/shape_operations.h"
#include "outlines/outline_attributes.h"
#include "outlines/side_kind.h"
#include "ui/base/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace nunatak::ui::layers {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AttributeRows)
};

using outlines::AttributeInfo;
using outlines::AttributeType;
using outlines::AttributeValue;
using outlines::OutlineHandle;

/// What an export measures anew, whatever a file said.
bool isMeasured(const AttributeInfo* info) {
    constexpr std::array measured{"area_km2", "cenlon", "cenlat", "utm_zone"};
    return info != nullptr && std::any_of(measured.begin(), measured.end(),
                                          [&](const char* id) { return std::string(id) == info->id; });
}

/// Rounded to what can be measured and told with it.
QString shownText(const std::string& name, const AttributeInfo* info, const AttributeValue& value) {
    // What inventories write where nothing is known; the tip says the number itself.
    constexpr std::array<const char*, 2> unknown{"-9999999", "-9999"};
    if (std::find(unknown.begin(), unknown.end(), value.text()) != unknown.end()) {
        return Words::tr("not known");
    }
    const double* real = value.real();
    const std::string unit = info != nullptr ? info->unit : "";
    const auto number = [&](int digits) { return QLocale().toString(*real, 'f', digits); };
    if (real != nullptr && info != nullptr && info->choices.empty() && !unit.empty()) {
        constexpr int metre = 5; // digits of a degree
        if (unit == "km²") {
            return areaText(*real * 1e6);
        }
        if (unit == "m") {
            return number(0) + QStringLiteral(" m");
        }
        if (unit == "°") {
            const bool isPlace =
                QString::fromStdString(name).contains(QLatin1String("lon"), Qt::CaseInsensitive) ||
                QString::fromStdString(name).contains(QLatin1String("lat"), Qt::CaseInsensitive);
            return number(isPlace ? metre : 1) + QStringLiteral("°");
        }
        return QLocale().toString(*real, 'g', 4) + QLatin1Char(' ') + text(unit);
    }
    return text(outlines::meaningOf(name, value));
}

/// What only a glacier has: a line or a lake beside it is of no terminus type.
bool isOfGlaciersAlone(const AttributeInfo& info) {
    constexpr std::array ofGlaciers{"term_type", "surge_type", "debris_pct"};
    return info.identifies != outlines::Identifies::Nothing ||
           std::any_of(ofGlaciers.begin(), ofGlaciers.end(),
                       [&](const char* id) { return std::string(id) == info.id; });
}

/// What side layers say of what is in them, worked out from its layer and its place whenever it is drawn.
struct PlaceWords {
    const char* name;
    QString title;
    QString tip;
};
std::array<PlaceWords, 3> placeWords() {
    return {{{outlines::lineTypeAttribute, Words::tr("Kind"),
              Words::tr("What it is, by its layer; in the words of GLIMS where it has one")},
             {outlines::glacierAttribute, Words::tr("Glacier"),
              Words::tr("The glacier it belongs to, by its place")},
             {outlines::glacierUuidAttribute, Words::tr("Glacier's UUID"),
              Words::tr("That of this glacier in the inventory")}}};
}

class RowMaker {
public:
    RowMaker(const std::vector<OutlineHandle>& outlines, bool isEditable)
        : m_outlines(outlines), m_isEditable(isEditable) {}

    AttributeRow row(const std::string& name, const AttributeInfo* info, bool isOffered) const {
        AttributeRow row;
        row.name = text(name);
        row.title = info != nullptr ? QString::fromUtf8(info->title) : row.name;
        if (info != nullptr && info->unit[0] != '\0' && info->choices.empty()) {
            row.title += QStringLiteral(" (%1)").arg(QString::fromUtf8(info->unit));
        }
        row.tip = info == nullptr ? row.name
                  : name != info->title
                      ? Words::tr("%1 (column %2)").arg(QString::fromUtf8(info->meaning), row.name)
                      : QString::fromUtf8(info->meaning);
        row.isEditable = m_isEditable && !isMeasured(info);
        row.isRemovable = !isOffered;
        row.isWords = info != nullptr && info->isWords;
        const AttributeType type = typeOf(name, info);
        row.kind = kindOf(name, info, type);
        fillChoices(row, info);
        fillValue(row, name, info, type);
        row.isEarlier = outlines::describesTheShape(name) && isOfEarlierShape(name);
        return row;
    }

private:
    AttributeType typeOf(const std::string& name, const AttributeInfo* info) const {
        for (const OutlineHandle& outline : m_outlines) {
            if (const auto value = outlines::attributeOf(*outline, name)) {
                return value->type();
            }
        }
        return info != nullptr ? info->type : AttributeType::Text;
    }

    AttributeRow::Kind kindOf(const std::string& name, const AttributeInfo* info, AttributeType type) const {
        const bool hasCodes = info != nullptr && !info->choices.empty();
        if ((hasCodes && !hasOwnWords(name, *info)) || type == AttributeType::Boolean) {
            return AttributeRow::Kind::Choice;
        }
        return info != nullptr && info->isLong ? AttributeRow::Kind::Lines : AttributeRow::Kind::Line;
    }

    /// A column of the name of one of codes whose texts are others: it says something else.
    bool hasOwnWords(const std::string& name, const AttributeInfo& info) const {
        return std::any_of(m_outlines.begin(), m_outlines.end(), [&](const OutlineHandle& outline) {
            const auto value = outlines::attributeOf(*outline, name);
            return value && value->type() == AttributeType::Text && !value->text().empty() &&
                   outlines::choiceOf(info, *value) == nullptr;
        });
    }

    static void fillChoices(AttributeRow& row, const AttributeInfo* info) {
        if (row.kind != AttributeRow::Kind::Choice) {
            return;
        }
        row.choices.push_back({QString(), QStringLiteral("–")});
        if (info == nullptr || info->choices.empty()) {
            row.choices.push_back({QStringLiteral("true"), Words::tr("yes")});
            row.choices.push_back({QStringLiteral("false"), Words::tr("no")});
            return;
        }
        for (const auto& choice : info->choices) {
            row.choices.push_back(
                {QString::number(choice.code),
                 QStringLiteral("%1 · %2").arg(choice.code).arg(QString::fromUtf8(choice.meaning))});
        }
    }

    void fillValue(AttributeRow& row, const std::string& name, const AttributeInfo* info,
                   AttributeType type) const {
        std::set<std::string> texts;
        AttributeValue value;
        for (const OutlineHandle& outline : m_outlines) {
            value = outlines::attributeOf(*outline, name).value_or(AttributeValue());
            texts.insert(value.text());
        }
        row.isMixed = texts.size() > 1;
        if (!row.isMixed) {
            row.value = text(value.text());
            row.shown = value.text().empty() ? QString() : shownText(name, info, value);
            row.instead = type == AttributeType::Date ? Words::tr("such as 2020-08-20") : QString();
            if (row.kind == AttributeRow::Kind::Choice && !row.value.isEmpty() &&
                std::none_of(row.choices.begin(), row.choices.end(),
                             [&](const auto& choice) { return choice.code == row.value; })) {
                row.choices.push_back({row.value, Words::tr("%1 · no code of it").arg(row.value)});
            }
            return;
        }
        row.instead = Words::tr("several values");
        if (name == outlines::dateAttribute) {
            const auto day = [](const std::string& date) {
                return date.empty() ? Words::tr("unknown") : text(date);
            };
            row.instead = Words::tr("%1 to %2").arg(day(*texts.begin()), day(*texts.rbegin()));
        }
        if (info != nullptr && info->isWords) { // what all have can be changed, and keeps what else each has
            row.value = text(commonWords(texts));
            row.instead = Words::tr("several; what is typed comes to all");
        }
    }

    static std::string commonWords(const std::set<std::string>& texts) {
        std::string common = *texts.begin();
        for (const std::string& other : texts) {
            const QStringList theirs = text(other).split(QStringLiteral(", "));
            QStringList both;
            for (const auto& word : text(common).split(QStringLiteral(", "), Qt::SkipEmptyParts)) {
                if (theirs.contains(word)) {
                    both << word;
                }
            }
            common = both.join(QStringLiteral(", ")).toStdString();
        }
        return common;
    }

    bool isOfEarlierShape(const std::string& name) const {
        return std::any_of(m_outlines.begin(), m_outlines.end(), [&](const OutlineHandle& outline) {
            const auto found = outline->attributes.find(name);
            if (found == outline->attributes.end() || found->second.isNull() ||
                outline->describedShape == 0) {
                return false;
            }
            auto [known, isNew] = m_shapes.emplace(outline.get(), 0);
            if (isNew) {
                known->second = geo::fingerprint(outline->geometry);
            }
            return known->second != outline->describedShape;
        });
    }

    const std::vector<OutlineHandle>& m_outlines;
    bool m_isEditable;
    mutable std::map<const outlines::Outline*, std::uint64_t> m_shapes;
};

/// The name under which these outlines have an attribute that is offered; the offered one's own where none
/// has it.
std::string nameIn(const std::set<std::string>& names, const AttributeInfo& info) {
    std::string found;
    for (const std::string& name : names) {
        if (name == info.id) {
            return name;
        }
        const AttributeInfo* theirs = outlines::attributeInfo(name);
        const bool isIt = theirs == &info || (theirs != nullptr && std::string(theirs->standsFor) == info.id);
        // Another column of the same meaning as the outline's own name or date stays what it is.
        const bool isMember = std::string(info.id) == outlines::nameAttribute ||
                              std::string(info.id) == outlines::dateAttribute;
        if (found.empty() && isIt && !isMember) {
            found = name;
        }
    }
    return found.empty() ? info.id : found;
}

} // namespace

AttributeRows attributeRows(const std::vector<OutlineHandle>& outlines, bool isEditable) {
    std::set<std::string> names;
    for (const OutlineHandle& outline : outlines) {
        for (const auto& [name, value] : outline->attributes) {
            names.insert(name);
        }
    }
    AttributeRows rows;
    const RowMaker maker(outlines, isEditable);
    const bool areBeside = std::all_of(outlines.begin(), outlines.end(), [](const OutlineHandle& outline) {
        return outlines::sideKindOf(*outline) != nullptr;
    });
    const auto add = [&](std::vector<AttributeRow>& to, AttributeRow row) {
        if (isEditable || !row.shown.isEmpty()) {
            to.push_back(std::move(row));
        }
    };
    for (const AttributeInfo& info : outlines::attributeSchema()) {
        const std::string id = info.id;
        if (!info.isOffered ||
            (!isEditable && (id == outlines::nameAttribute || id == outlines::dateAttribute))) {
            continue; // the heading and the facts say them
        }
        if (areBeside && isOfGlaciersAlone(info) && !names.contains(id)) {
            continue;
        }
        const std::string name = areBeside ? id : nameIn(names, info);
        names.erase(name);
        add(rows.offered, maker.row(name, outlines::attributeInfo(name), true));
    }
    for (const PlaceWords& place : placeWords()) {
        if (areBeside && names.erase(place.name) > 0) {
            AttributeRow row = maker.row(place.name, nullptr, false);
            row.title = place.title;
            row.tip = Words::tr("%1 (column %2)").arg(place.tip, row.name);
            row.isEditable = false;
            row.isRemovable = false;
            add(rows.others, std::move(row));
        }
    }
    for (const std::string& name : names) {
        add(rows.others, maker.row(name, outlines::attributeInfo(name), false));
    }
    return rows;
}

} // namespace nunatak::ui::layers
