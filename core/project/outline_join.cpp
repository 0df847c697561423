// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/outline_join.h"

#include "editing/area_words.h"
#include "geo/paths.h"
#include "geo/shape_operations.h"
#include "outlines/attribute_schema.h"
#include "outlines/outline_attributes.h"

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

namespace nunatak::project {

namespace {

using outlines::AttributeValue;
using outlines::Outline;

/// Whose a value is afterwards.
enum class Whose { Same, Here, There, Both };

template <typename Value>
Whose whose(const Value& wasHere, const Value& here, const Value& wasThere, const Value& there) {
    if (here == there) {
        return Whose::Same;
    }
    if (there == wasThere) {
        return Whose::Here; // also what an earlier merge decided for
    }
    return here == wasHere && wasHere == wasThere ? Whose::There : Whose::Both;
}

/// What is said of the line: how it came to be, and what it was drawn on.
void takeLine(Outline& to, const Outline& from) {
    to.geometry = from.geometry;
    to.model = from.model;
    to.modelFingerprint = from.modelFingerprint;
    to.run = from.run;
    to.threshold = from.threshold;
    to.describedShape = from.describedShape;
    to.analyst = from.analyst;
    to.origin = from.origin;
    to.isChanged = from.isChanged;
}

struct Dating {
    std::string date;
    std::string scene;
    std::string sensor;
    bool operator==(const Dating&) const = default;
};

Dating datingOf(const Outline& outline) {
    return {outline.srcDate, outline.sceneId, outline.sensor};
}

void takeDating(Outline& to, const Outline& from) {
    to.srcDate = from.srcDate;
    to.sceneId = from.sceneId;
    to.sensor = from.sensor;
}

struct Verdict {
    outlines::Review review;
    std::string note;
    bool operator==(const Verdict&) const = default;
};

Verdict verdictOf(const Outline& outline) {
    return {outline.review, outline.reviewRecord.note};
}

void takeVerdict(Outline& to, const Outline& from) {
    to.review = from.review;
    to.reviewRecord = from.reviewRecord;
}

std::string lineInWords(const Outline& outline) {
    const std::string size = geo::isPath(outline.geometry)
                                 ? std::string()
                                 : editing::areaWords(geo::planarArea(outline.geometry)) + ", ";
    return size + std::to_string(geo::vertexCount(outline.geometry)) + " vertices" +
           (outline.analyst.empty() ? "" : " (" + outline.analyst + ")");
}

std::string verdictInWords(const Outline& outline) {
    const outlines::ReviewRecord& record = outline.reviewRecord;
    return outlines::toString(outline.review) +
           (record.reviewer.empty() ? "" : " (" + record.reviewer + ")") +
           (record.note.empty() ? "" : ": " + record.note);
}

std::string inWords(const std::string& text) {
    return text.empty() ? "none" : text;
}

std::optional<AttributeValue> valueOf(const Outline& outline, const std::string& name) {
    const auto found = outline.attributes.find(name);
    return found == outline.attributes.end() ? std::nullopt : std::optional(found->second);
}

void take(Outline& to, const std::string& name, const std::optional<AttributeValue>& value) {
    if (value) {
        to.attributes[name] = *value;
    } else {
        to.attributes.erase(name);
    }
}

std::vector<std::string> wordsOf(const std::optional<AttributeValue>& value) {
    std::vector<std::string> words;
    std::istringstream text(value ? outlines::asWords(value->text()) : std::string());
    for (std::string word; std::getline(text, word, ',');) {
        word.erase(0, word.find_first_not_of(' '));
        words.push_back(word);
    }
    return words;
}

/// Words that either has, but for those that one took away.
AttributeValue joinedWords(const std::optional<AttributeValue>& was,
                           const std::optional<AttributeValue>& here,
                           const std::optional<AttributeValue>& there) {
    const auto before = wordsOf(was);
    const auto ours = wordsOf(here);
    const auto theirs = wordsOf(there);
    const auto has = [](const std::vector<std::string>& words, const std::string& word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    std::string text;
    for (const auto* words : {&ours, &theirs}) {
        for (const std::string& word : *words) {
            const bool isTakenAway = has(before, word) && !(has(ours, word) && has(theirs, word));
            text += isTakenAway ? "" : (text.empty() ? "" : ", ") + word;
        }
    }
    return outlines::asWords(text);
}

class Joining {
public:
    Joining(const Outline& wasHere, const Outline& here, const Outline& wasThere, const Outline& there)
        : m_wasHere(wasHere), m_here(here), m_wasThere(wasThere), m_there(there), m_result{here, here, {}} {}

    JoinedOutline run() {
        joinLine();
        joinDating();
        joinVerdict();
        join(whose(m_wasHere.name, m_here.name, m_wasThere.name, m_there.name), "name", inWords(m_here.name),
             inWords(m_there.name), [](Outline& to, const Outline& from) { to.name = from.name; });
        std::set<std::string> names;
        for (const Outline* outline : {&m_here, &m_there}) {
            for (const auto& [name, value] : outline->attributes) {
                names.insert(name);
            }
        }
        for (const std::string& name : names) {
            joinAttribute(name);
        }
        return std::move(m_result);
    }

private:
    template <typename Take>
    void join(Whose whose, const std::string& what, const std::string& here, const std::string& there,
              Take&& take) {
        if (whose == Whose::There) {
            take(m_result.here, m_there);
        }
        if (whose == Whose::There || whose == Whose::Both) {
            take(m_result.there, m_there);
        }
        if (whose == Whose::Both) {
            m_result.disagreements.push_back({what, here, there});
        }
    }

    void joinLine() {
        m_line = whose(m_wasHere.geometry, m_here.geometry, m_wasThere.geometry, m_there.geometry);
        join(m_line, "outline", lineInWords(m_here), lineInWords(m_there), takeLine);
    }

    void joinDating() {
        const Whose own =
            whose(datingOf(m_wasHere), datingOf(m_here), datingOf(m_wasThere), datingOf(m_there));
        // Both dated it anew by drawing or by hand: it is of the picture that its line was drawn on.
        const bool goesWithLine = own == Whose::Both && m_line != Whose::Same;
        if (goesWithLine && m_line == Whose::Both) {
            takeDating(m_result.there, m_there);
        } else {
            join(goesWithLine ? m_line : own, "date", inWords(m_here.srcDate), inWords(m_there.srcDate),
                 takeDating);
        }
    }

    void joinVerdict() {
        const Whose own =
            whose(verdictOf(m_wasHere), verdictOf(m_here), verdictOf(m_wasThere), verdictOf(m_there));
        if (own == Whose::Same) { // both said the same: what was said last
            const bool isLater = m_there.reviewRecord.time > m_here.reviewRecord.time;
            if (isLater) {
                m_result.here.reviewRecord = m_there.reviewRecord;
                m_result.there.reviewRecord = m_there.reviewRecord;
            }
        }
        join(own, "review", verdictInWords(m_here), verdictInWords(m_there), takeVerdict);
        for (Outline* outline : {&m_result.here, &m_result.there}) {
            const bool isOfThere =
                outline->reviewRecord == m_there.reviewRecord && outline->reviewRecord != m_here.reviewRecord;
            const bool isOnOther = outline->geometry != (isOfThere ? m_there : m_here).geometry;
            if (outline->review != outlines::Review::NotReviewed && isOnOther) {
                outline->reviewRecord.isOutdated = true;
            }
        }
    }

    void joinAttribute(const std::string& name) {
        const auto wasHere = valueOf(m_wasHere, name);
        const auto here = valueOf(m_here, name);
        const auto wasThere = valueOf(m_wasThere, name);
        const auto there = valueOf(m_there, name);
        const auto takes = [&](Outline& to, const Outline& from) { take(to, name, valueOf(from, name)); };
        Whose own = whose(wasHere, here, wasThere, there);
        const outlines::AttributeInfo* info = outlines::attributeInfo(name);
        if (own == Whose::Both && info != nullptr && info->isWords) {
            const AttributeValue words = joinedWords(wasThere, here, there);
            m_result.here.attributes[name] = words;
            m_result.there.attributes[name] = words;
            return;
        }
        if (own == Whose::Both && m_line != Whose::Same && outlines::describesTheShape(name)) {
            if (m_line == Whose::Both) { // decided with the line
                takes(m_result.there, m_there);
                return;
            }
            own = m_line;
        }
        join(own, name, inWords(here ? here->text() : std::string()),
             inWords(there ? there->text() : std::string()), takes);
    }

    const Outline& m_wasHere;
    const Outline& m_here;
    const Outline& m_wasThere;
    const Outline& m_there;
    Whose m_line = Whose::Same;
    JoinedOutline m_result;
};

} // namespace

JoinedOutline joined(const Outline& wasHere, const Outline& here, const Outline& wasThere,
                     const Outline& there) {
    return Joining(wasHere, here, wasThere, there).run();
}

} // namespace nunatak::project
