// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/merge_command.h"

#include "editing/merge.h"
#include "outlines/attribute_schema.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/refusal.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>

namespace nunatak::ui::tools {

namespace {

/// A menu that nobody can read to its end asks nothing: of more the largest.
constexpr std::size_t mostChoices = 12;

struct MergeCommand {
    Q_DECLARE_TR_FUNCTIONS(MergeCommand)

public:
    static Proposal run(const Scene& scene, const Hand&) { return joinedProposal(scene, Joining::One); }

    static Proposal proposal(const Scene& scene, Joining joining) {
        Proposal proposal;
        const auto refs = scene.selection().outlines;
        if (refs.size() < 2) {
            proposal.refusal = tr("Select the glaciers to join.");
            return proposal;
        }
        for (const auto& ref : refs) {
            if (const QString why = scene.lock(ref); !why.isEmpty()) {
                proposal.refusal = why;
                proposal.locked = ref;
                return proposal;
            }
            if (ref.layer != refs.front().layer) {
                proposal.refusal = tr("They are of two layers.");
                return proposal;
            }
        }
        const auto differences = nunatak::editing::differencesOf(scene.draft(), refs);
        if (differences.empty()) {
            return joined(scene, refs, largestOf(scene, refs), joining);
        }
        const auto first = joined(scene, refs, largestOf(scene, refs), joining);
        if (!first.refusal.isEmpty()) {
            return first; // whichever is kept
        }
        proposal.ask = std::make_shared<const Menu>(question(scene, refs, differences, joining));
        return proposal;
    }

    static QString textNow(const Scene& scene) {
        const auto count = scene.selection().outlines.size();
        return count < 2 ? tr("&Join") : tr("&Join %1").arg(namesInSentence(scene));
    }

private:
    using Refs = std::vector<outlines::OutlineRef>;

    static std::size_t largestOf(const Scene& scene, const Refs& refs) {
        const auto largest = std::max_element(refs.begin(), refs.end(), [&](const auto& a, const auto& b) {
            return scene.outline(a)->area() < scene.outline(b)->area();
        });
        return static_cast<std::size_t>(largest - refs.begin());
    }

    static Proposal joined(const Scene& scene, const Refs& refs, std::size_t keep, Joining joining) {
        Proposal proposal;
        try {
            proposal.edit = nunatak::editing::merge(scene.draft(), refs,
                                                    {.keep = keep, .collect = joining == Joining::Parts});
            proposal.done = QString::fromStdString(proposal.edit->description) + QLatin1Char('.');
        } catch (const Error& error) {
            sayWhyNot(error, proposal);
            if (joining == Joining::One && joined(scene, refs, keep, Joining::Parts).edit) {
                proposal.refusal += QLatin1Char(' ') + tr("Y makes them parts of one.");
            }
        }
        return proposal;
    }

    /// "name, date, RGI id"
    static QString fieldsOf(const std::vector<nunatak::editing::Difference>& differences) {
        constexpr int most = 4;
        QStringList names;
        for (const auto& difference : differences) {
            names << (difference.field == "name" || difference.field == "date"
                          ? QString::fromStdString(difference.field)
                          : QString::fromStdString(outlines::titleOf(difference.field)));
        }
        const auto more = names.size() - most;
        return more > 0 ? tr("%1 and %2 more").arg(names.first(most).join(QStringLiteral(", "))).arg(more)
                        : names.join(QStringLiteral(", "));
    }

    static Menu question(const Scene& scene, const Refs& refs,
                         const std::vector<nunatak::editing::Difference>& differences, Joining joining) {
        Menu menu;
        menu.heading = differences.size() == 1 ? tr("Whose %1 stays?").arg(fieldsOf(differences))
                                               : tr("Whose %1 stay?").arg(fieldsOf(differences));
        menu.isQuestion = true;
        Refs sorted = refs;
        std::stable_sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) {
            return scene.outline(a)->area() > scene.outline(b)->area();
        });
        sorted.resize(std::min(sorted.size(), mostChoices));
        for (const auto& ref : sorted) {
            QStringList values;
            const auto index =
                static_cast<std::size_t>(std::find(refs.begin(), refs.end(), ref) - refs.begin());
            for (const auto& difference : differences) {
                if (difference.field != "name" && values.size() < 2 && !difference.values[index].empty()) {
                    values << QString::fromStdString(difference.values[index]);
                }
            }
            QString text = tr("%1's").arg(nameOf(scene, ref));
            if (!values.isEmpty()) {
                text += QStringLiteral(" · ") + values.join(QStringLiteral(" · "));
            }
            menu.items.push_back(
                {"tag-edit", text,
                 [refs, index, joining](const Scene& now) { return joined(now, refs, index, joining); },
                 true});
        }
        return menu;
    }
};

} // namespace

Proposal joinedProposal(const Scene& scene, Joining joining) {
    return MergeCommand::proposal(scene, joining);
}

ToolEntry mergeCommand() {
    return {"merge",
            "merge",
            MergeCommand::tr("&Join"),
            MergeCommand::tr("Make the selected glaciers one; where they do not agree, whose name, ids and "
                             "date stay is asked"),
            QKeySequence(Qt::Key_J),
            {},
            &MergeCommand::run,
            {},
            &MergeCommand::textNow};
}

} // namespace nunatak::ui::tools
