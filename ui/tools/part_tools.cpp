// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/part_tools.h"

#include "editing/parts.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/line_target.h"
#include "ui/tools/merge_command.h"
#include "ui/tools/neighbours_option.h"
#include "ui/tools/refusal.h"

#include <QCoreApplication>
#include <QLocale>

#include <functional>
#include <optional>
#include <utility>

namespace nunatak::ui::tools {

namespace {

using nunatak::editing::Edit;
using nunatak::editing::Neighbours;
using outlines::OutlineRef;

constexpr auto toolId = "movePart";
constexpr auto commandId = "explode";

struct Part {
    OutlineRef ref;
    int part = 0;
    bool operator==(const Part&) const = default;
};

std::optional<int> partAt(const geo::MultiPolygon& shape, geo::Point place) {
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (geo::contains({shape[i]}, place)) {
            return static_cast<int>(i);
        }
    }
    return std::nullopt;
}

Proposal tried(const std::function<Edit()>& work) {
    Proposal proposal;
    try {
        proposal.edit = work();
        proposal.done = partedText(*proposal.edit, QCoreApplication::translate("PartTool", "the rest"));
    } catch (const Error& error) {
        sayWhyNot(error, proposal);
    }
    return proposal;
}

class PartTool : public Tool {
    Q_DECLARE_TR_FUNCTIONS(PartTool)

public:
    Proposal click(const Place& place, const Scene& scene) override {
        dropWhatIsGone(scene);
        if (m_given) {
            Proposal proposal = given(place, scene);
            if (proposal.edit && proposal.refusal.isEmpty()) {
                m_given.reset();
            }
            return proposal;
        }
        Proposal proposal;
        const auto part = partUnder(place, scene, proposal.refusal);
        if (part && proposal.refusal.isEmpty()) {
            m_given = part;
            proposal.selection = Selection{{part->ref}, {}};
        }
        return proposal;
    }

    Hover hover(const Place& place, const Scene& scene) override {
        dropWhatIsGone(scene);
        Proposal preview;
        if (m_given) {
            preview = given(place, scene);
            frame(*m_given, scene, preview);
        } else if (const auto part = partUnder(place, scene, preview.refusal)) {
            preview.refusal.clear(); // whoever only passes is not told
            frame(*part, scene, preview);
            preview.note = wordsOf(*part, scene);
        } else {
            preview.refusal.clear();
        }
        return {std::nullopt, Qt::CrossCursor, std::move(preview)};
    }

    bool isBegun() const override { return m_given.has_value(); }

    std::optional<Proposal> pointBack(const Scene& scene) override { return back(scene); }

    std::optional<Proposal> back(const Scene&) override {
        return std::exchange(m_given, std::nullopt) ? std::optional(Proposal()) : std::nullopt;
    }

    Standing standing(const Scene& scene) const override {
        Standing standing;
        if (!m_given || !scene.outline(m_given->ref)) {
            standing.hint = tr("Click the part of a glacier that another one is to have");
            standing.takesOptions = false;
            return standing;
        }
        standing.subject = wordsOf(*m_given, scene);
        frame(*m_given, scene, standing.proposal);
        if (!scene.lock(m_given->ref).isEmpty()) {
            standing.hint = tr("Click the glacier that gets a copy of it · Esc: another part");
            return standing;
        }
        standing.takesOptions = false; // what it leaves is nobody else's
        standing.hint =
            tr("Click the glacier that gets it · beside all: a glacier of its own · Esc: another part");
        return standing;
    }

    void choose(const QString& option, int value) override {
        m_neighbours = chosenNeighbours(option, value).value_or(m_neighbours);
    }

private:
    void dropWhatIsGone(const Scene& scene) {
        const auto outline = m_given ? scene.outline(m_given->ref) : nullptr;
        if (m_given && (!outline || outline->geometry != m_shape)) {
            m_given.reset(); // parts are named by numbers, which may be others' now
        }
        if (!m_given) {
            m_shape.clear();
        }
    }

    /// The part at a place, of what can be edited before what can not; `refusal` says why it cannot be given.
    std::optional<Part> partUnder(const Place& place, const Scene& scene, QString& refusal) {
        const auto ref = outlineAround(place, scene);
        const auto outline = ref ? scene.outline(*ref) : nullptr;
        const auto part = outline ? partAt(outline->geometry, place.map) : std::nullopt;
        if (!part) {
            refusal = tr("There is no glacier here.");
            return std::nullopt;
        }
        if (outline->geometry.size() == 1 && scene.lock(*ref).isEmpty()) {
            refusal = tr("It has one part only: join them (J).");
            return std::nullopt;
        }
        m_shape = outline->geometry;
        return Part{*ref, *part};
    }

    /// The given part to what is at a place.
    Proposal given(const Place& place, const Scene& scene) const {
        const Part from = *m_given;
        const bool isCopy = !scene.lock(from.ref).isEmpty();
        std::optional<OutlineRef> to;
        for (const auto& ref : scene.at(place.map)) {
            if (scene.lock(ref).isEmpty()) {
                to = ref;
                break;
            }
        }
        Proposal proposal;
        if (!to && isCopy) {
            proposal.refusal = tr("Click a glacier of the inventory.");
        } else if (!to) {
            proposal =
                tried([&] { return nunatak::editing::detachPart(scene.draft(), from.ref, from.part).edit; });
            proposal.note = tr("a glacier of its own");
            proposal.change = Proposal::Change::OfHand;
        } else if (isCopy) {
            proposal = tried([&] {
                return nunatak::editing::copyPart(scene.draft(), from.ref, from.part, *to, m_neighbours);
            });
        } else {
            proposal =
                tried([&] { return nunatak::editing::movePart(scene.draft(), from.ref, from.part, *to); });
        }
        if (to && proposal.edit) {
            proposal.note = tr("to %1").arg(nameInSentence(scene, *to));
            proposal.change = Proposal::Change::OfHand;
            const auto taker = scene.outline(*to);
            for (const auto& part : taker->geometry) {
                proposal.marks.lines.push_back({part.outer, true, Marks::Look::Frame});
            }
        }
        return proposal;
    }

    static void frame(const Part& part, const Scene& scene, Proposal& proposal) {
        const auto outline = scene.outline(part.ref);
        if (outline == nullptr || static_cast<std::size_t>(part.part) >= outline->geometry.size()) {
            return;
        }
        proposal.marks.lines.push_back(
            {outline->geometry[static_cast<std::size_t>(part.part)].outer, true, Marks::Look::Frame});
    }

    static QString wordsOf(const Part& part, const Scene& scene) {
        const auto outline = scene.outline(part.ref);
        return tr("%1 · part %2 of %3")
            .arg(nameOf(scene, part.ref))
            .arg(part.part + 1)
            .arg(outline != nullptr ? outline->geometry.size() : 0);
    }

    std::optional<Part> m_given;
    geo::MultiPolygon m_shape; ///< of the glacier that it is of, as it was
    Neighbours m_neighbours = Neighbours::Together;
};

struct PartsCommand {
    Q_DECLARE_TR_FUNCTIONS(PartsCommand)

public:
    static Proposal run(const Scene& scene, const Hand&) { return proposal(scene); }

    static Proposal proposal(const Scene& scene) {
        if (scene.selection().outlines.size() > 1) {
            return joinedProposal(scene, Joining::Parts);
        }
        Proposal proposal = onUnlocked(
            scene, [&] { return nunatak::editing::explode(scene.draft(), *scene.selection().only()).edit; });
        if (proposal.edit) {
            proposal.done = partedText(*proposal.edit, tr("the largest"));
        }
        return proposal;
    }

    static QString textNow(const Scene& scene) {
        const auto& selection = scene.selection();
        if (selection.outlines.size() > 1) {
            return tr("Colle&ct %1 as parts of one").arg(namesInSentence(scene));
        }
        const auto outline = selection.only() != nullptr ? scene.outline(*selection.only()) : nullptr;
        return outline != nullptr && outline->geometry.size() > 1
                   ? tr("&Explode into %1 glaciers").arg(QLocale().toString(outline->geometry.size()))
                   : tr("&Explode or collect parts");
    }
};

} // namespace

std::vector<Menu::Item> partItems(const OutlineRef& ref, const Place& place, const Scene& scene) {
    const auto outline = scene.outline(ref);
    if (outline == nullptr || outline->geometry.size() < 2 || !scene.lock(ref).isEmpty()) {
        return {};
    }
    std::vector<Menu::Item> items;
    if (const auto part = partAt(outline->geometry, place.map)) {
        items.push_back({"object-ungroup", PartTool::tr("This part a &glacier of its own"),
                         [ref, part = *part](const Scene& now) {
                             return tried(
                                 [&] { return nunatak::editing::detachPart(now.draft(), ref, part).edit; });
                         },
                         true, QLatin1String(commandId)});
        items.push_back({"edit-delete", PartTool::tr("Delete this pa&rt"),
                         [ref, part = *part](const Scene& now) {
                             return tried(
                                 [&] { return nunatak::editing::removePart(now.draft(), ref, part); });
                         },
                         true, QStringLiteral("delete")});
    }
    return items;
}

ToolEntry partTool() {
    return {toolId,
            "transform-move",
            PartTool::tr("Mo&ve part"),
            PartTool::tr("Click a part of a glacier, then the glacier that gets it, or ground without ice: a "
                         "glacier of its own; a part of a reference is copied"),
            QKeySequence(Qt::SHIFT | Qt::Key_M),
            [] { return std::make_unique<PartTool>(); },
            {},
            {neighboursOption()}};
}

ToolEntry partsCommand() {
    return {commandId,
            "object-ungroup",
            PartsCommand::tr("&Explode or collect parts"),
            PartsCommand::tr("Make each part of the selected glacier a glacier; of several selected ones the "
                             "parts of one"),
            QKeySequence(Qt::Key_Y),
            {},
            &PartsCommand::run,
            {},
            &PartsCommand::textNow};
}

} // namespace nunatak::ui::tools
