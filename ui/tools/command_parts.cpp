// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/command_parts.h"

#include "editing/parts.h"
#include "outlines/outline_name.h"
#include "ui/tools/vertex_gestures.h"

#include <QCoreApplication>
#include <QLocale>

namespace nunatak::ui::tools {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

Proposal onUnlocked(const Scene& scene, const std::function<nunatak::editing::Edit()>& work) {
    Proposal proposal;
    for (const auto& ref : scene.selection().outlines) {
        if (proposal.refusal = scene.lock(ref); !proposal.refusal.isEmpty()) {
            proposal.locked = ref;
            return proposal;
        }
    }
    return scene.selection().empty() ? proposal : proposed(work);
}

QString partedText(const nunatak::editing::Edit& edit, const QString& keeper) {
    const auto kept = QString::fromStdString(nunatak::editing::keptIds(edit, keeper.toStdString()));
    const auto done = QString::fromStdString(edit.description) + QLatin1Char('.');
    return kept.isEmpty() ? done : done + QLatin1Char(' ') + kept;
}

QString namesOf(const Scene& scene) {
    const auto& refs = scene.selection().outlines;
    if (refs.size() != 1) {
        return Words::tr("%1 glaciers").arg(QLocale().toString(refs.size()));
    }
    return nameOf(scene, refs.front());
}

QString namesInSentence(const Scene& scene) {
    const auto& refs = scene.selection().outlines;
    return refs.size() == 1 ? nameInSentence(scene, refs.front()) : namesOf(scene);
}

QString nameInSentence(const Scene& scene, const outlines::OutlineRef& ref) {
    const auto outline = scene.outline(ref);
    return outline ? QString::fromStdString(outlines::nameInSentence(*outline)) : Words::tr("a glacier");
}

QString nameOf(const Scene& scene, const outlines::OutlineRef& ref) {
    const auto outline = scene.outline(ref);
    if (outline == nullptr) {
        return Words::tr("A glacier");
    }
    auto name = QString::fromStdString(outlines::nameInSentence(*outline));
    if (outlines::nameOf(*outline).empty()) {
        name[0] = name[0].toUpper();
    }
    return name;
}

QString verticesOf(const Scene& scene) {
    return verticesText(scene.selection().vertices.size());
}

QString verticesText(std::size_t count) {
    return count == 1 ? Words::tr("1 vertex") : Words::tr("%1 vertices").arg(QLocale().toString(count));
}

} // namespace nunatak::ui::tools
