// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/columns.h"

#include "exchange/number_width.h"

#include "base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>

namespace nunatak::exchange {

namespace {

using outlines::AttributeType;
using outlines::AttributeValue;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// At most so many bytes, never through a UTF-8 character.
std::string cut(const std::string& text, std::size_t bytes) {
    if (text.size() <= bytes) {
        return text;
    }
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) {
        --bytes;
    }
    return text.substr(0, bytes);
}

/// Names of a length that the format has, all different whatever their capitals.
class Names {
public:
    explicit Names(const VectorFormat& format) : m_format(format) {}

    /// Those that fit are given out first: whoever has a right to a name keeps it.
    void reserve(const std::string& name) {
        if (name.size() <= m_format.longestName) {
            m_wanted.insert(lower(name));
        }
    }
    std::string give(const std::string& wanted) {
        std::string name = cut(wanted, m_format.longestName);
        const auto isFree = [&](const std::string& candidate) {
            return !m_taken.contains(lower(candidate)) &&
                   (candidate == wanted || !m_wanted.contains(lower(candidate)));
        };
        for (int number = 1; !isFree(name); ++number) {
            const std::string suffix = "_" + std::to_string(number);
            const std::size_t room = m_format.longestName - std::min(suffix.size(), m_format.longestName);
            name = cut(wanted, room) + suffix;
        }
        m_taken.insert(lower(name));
        if (name != wanted) {
            m_renamed.push_back(wanted + " → " + name);
        }
        return name;
    }
    void tell(std::vector<std::string>& notes) const {
        if (!m_renamed.empty()) {
            notes.push_back(fmt::format(
                "Columns with another name in the file ({}): {}.",
                m_format.longestName == VectorFormat::unlimited
                    ? "capitals alone do not tell columns apart"
                    : fmt::format("{} has names of at most {} bytes", m_format.name, m_format.longestName),
                listed(m_renamed)));
        }
    }

private:
    const VectorFormat& m_format;
    std::set<std::string> m_wanted;
    std::set<std::string> m_taken;
    std::vector<std::string> m_renamed;
};

/// What had to be changed, by what is said of it.
struct Changes {
    std::vector<std::string> asNumbers;
    std::vector<std::string> asTexts;
    std::vector<std::string> daysAsTexts;
    std::vector<std::string> tooLarge;
    std::vector<std::string> cut;
    std::vector<std::string> trimmed;
    std::vector<std::string> infinite;

    void tell(const VectorFormat& format, std::vector<std::string>& notes) const {
        const auto say = [&](const std::vector<std::string>& names, const std::string& what) {
            if (!names.empty()) {
                notes.push_back(what + ": " + listed(names) + ".");
            }
        };
        say(asNumbers, "Written as 1 and 0, since " + format.name + " has no yes and no");
        say(asTexts, "Written as text by ISO 8601, since " + format.name + " has no times of the day");
        say(daysAsTexts, "Written as text by ISO 8601, since " + format.name + " has no days");
        say(tooLarge, "Written as text, since numbers of that size and precision would lose digits in " +
                          format.name + "; a GeoPackage keeps them as numbers");
        say(cut, fmt::format("Cut to the {} bytes that a text has in {}; a GeoPackage keeps them whole",
                             format.longestText, format.name));
        say(trimmed, "Without the blanks at the ends of texts, which " + format.name + " does not keep");
        say(infinite, "Infinite numbers left empty, since " + format.name + " has none");
    }
};

/// One column: the field numbered `m_field` in all rows.
class ColumnMaker {
public:
    ColumnMaker(const ExportField& field, std::size_t index, const VectorFormat& format,
                std::vector<Row>& rows, Changes& changes)
        : m_field(field), m_index(index), m_format(format), m_rows(rows), m_changes(changes) {}

    Column make() {
        m_column = {m_field.name, m_field.type, 0, 0};
        switch (m_field.type) {
        case AttributeType::Boolean:
            if (!m_format.hasBooleans) {
                retype(AttributeType::Integer,
                       [](const AttributeValue& value) { return AttributeValue(*value.boolean() ? 1 : 0); });
                m_changes.asNumbers.push_back(m_field.name);
            }
            break;
        case AttributeType::Date:
            if (!m_format.hasDates) {
                toTexts(); // by ISO 8601, as every reader of such files expects it
                if (!m_format.isReadWithDates) {
                    m_changes.daysAsTexts.push_back(m_field.name);
                }
            }
            break;
        case AttributeType::Time:
        case AttributeType::DateTime:
            if (m_field.type == AttributeType::Time || !m_format.hasDateTimes) {
                toTexts();
                if (m_format.hasDates || !m_format.isReadWithDates) {
                    m_changes.asTexts.push_back(m_field.name);
                }
            }
            break;
        case AttributeType::Real:
            dropInfinity();
            break;
        case AttributeType::Integer:
            if (!m_format.hasWideIntegers && hasWideIntegers()) {
                toTexts();
                m_changes.tooLarge.push_back(m_field.name);
            }
            break;
        default:
            break;
        }
        if (m_format.hasWidths) {
            setWidth();
        }
        return m_column;
    }

private:
    template <typename Change> void retype(AttributeType type, const Change& change) {
        m_column.type = type;
        for (Row& row : m_rows) {
            AttributeValue& value = row[m_index];
            value = value.isNull() ? AttributeValue::null(type) : change(value);
        }
    }
    void toTexts() {
        retype(AttributeType::Text, [](const AttributeValue& value) { return AttributeValue(value.text()); });
    }
    bool hasWideIntegers() const {
        return std::any_of(m_rows.begin(), m_rows.end(), [&](const Row& row) {
            const auto* whole = row[m_index].integer();
            using Limits = std::numeric_limits<std::int32_t>;
            return whole != nullptr && (*whole > Limits::max() || *whole < Limits::min());
        });
    }
    void dropInfinity() {
        bool any = false;
        for (Row& row : m_rows) {
            const auto* number = row[m_index].real();
            if (!m_format.hasInfinity && number != nullptr && std::isinf(*number)) {
                row[m_index] = AttributeValue::null(AttributeType::Real);
                any = true;
            }
        }
        if (any) {
            m_changes.infinite.push_back(m_field.name);
        }
    }
    void setWidth() {
        if (m_column.type == AttributeType::Integer || m_column.type == AttributeType::Real) {
            NumberWidth numbers;
            for (const Row& row : m_rows) {
                numbers.add(row[m_index]);
            }
            if (m_field.width > 0 && numbers.fits({m_field.width, m_field.precision})) {
                m_column.width = m_field.width;
                m_column.precision = m_field.precision;
                return;
            }
            if (const auto layout = numbers.layout(m_column.type)) {
                m_column.width = layout->width;
                m_column.precision = layout->precision;
                return;
            }
            toTexts();
            m_changes.tooLarge.push_back(m_field.name);
        }
        if (m_column.type == AttributeType::Text) {
            setTextWidth();
        }
    }
    void setTextWidth() {
        // RGI 7's where the schema says none
        const std::size_t usual = m_field.width > 0 ? static_cast<std::size_t>(m_field.width) : 80;
        std::size_t longest = 0;
        std::size_t shortened = 0;
        std::size_t trimmed = 0;
        for (Row& row : m_rows) {
            const auto* text = row[m_index].string();
            if (text != nullptr && text->size() > m_format.longestText) {
                row[m_index] = cut(*text, m_format.longestText);
                ++shortened;
            }
            longest = std::max(longest, row[m_index].text().size());
            const auto kept = row[m_index].text();
            trimmed += !kept.empty() && (kept.front() == ' ' || kept.back() == ' ') ? 1 : 0;
        }
        m_column.width = static_cast<int>(std::max(usual, longest));
        if (trimmed > 0) {
            m_changes.trimmed.push_back(fmt::format("{} ({})", m_field.name, outlinesText(trimmed)));
        }
        if (shortened > 0) {
            m_changes.cut.push_back(fmt::format("{} ({})", m_field.name, outlinesText(shortened)));
        }
    }

    const ExportField& m_field;
    std::size_t m_index;
    const VectorFormat& m_format;
    std::vector<Row>& m_rows;
    Changes& m_changes;
    Column m_column;
};

void throwUnlessRoom(const std::vector<Column>& columns, const VectorFormat& format) {
    std::size_t bytes = 1; // the mark of deleted records
    for (const auto& column : columns) {
        bytes += static_cast<std::size_t>(std::max(column.width, 0));
    }
    if (columns.size() > format.mostFields && !format.hasWidths) {
        throw Error(
            fmt::format("The outlines have {} columns, more than the {} that {} can hold: export them to "
                        "a name that ends in .geojson.",
                        columns.size(), format.mostFields, format.name));
    }
    if (columns.size() > format.mostFields || bytes > format.longestRecord) {
        throw Error(
            fmt::format("The outlines have {} columns of {} bytes together, more than {} can hold ({} of "
                        "{}): export them to a name that ends in .gpkg.",
                        columns.size(), bytes, format.name, format.mostFields, format.longestRecord));
    }
}

} // namespace

std::vector<Column> columnsFor(const std::vector<ExportField>& fields, const VectorFormat& format,
                               std::vector<Row>& rows, std::vector<std::string>& notes) {
    Names names(format);
    for (const auto& field : fields) {
        names.reserve(field.name);
    }
    Changes changes;
    std::vector<Column> columns;
    columns.reserve(fields.size());
    for (std::size_t i = 0; i < fields.size(); ++i) {
        columns.push_back(ColumnMaker(fields[i], i, format, rows, changes).make());
        columns.back().name = names.give(fields[i].name);
    }
    throwUnlessRoom(columns, format);
    names.tell(notes);
    changes.tell(format, notes);
    return columns;
}

} // namespace nunatak::exchange
