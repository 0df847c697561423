// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/selection_model.h"

#include "ui/base/format.h"
#include "ui/session/workspace.h"

#include <algorithm>
#include <set>
#include <utility>

namespace nunatak::ui::session {

using outlines::OutlineRef;

SelectionModel::SelectionModel(Workspace& workspace) : m_workspace(workspace) {
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::outlinesChanged, this, &SelectionModel::follow);
        connect(m_workspace.session(), &Session::layersChanged, this, [this] { select(successors()); });
    });
    connect(&m_workspace, &Workspace::sessionEnded, this, &SelectionModel::clear);
}

std::optional<OutlineRef> SelectionModel::current() const {
    return m_outlines.empty() ? std::nullopt : std::optional(m_outlines.back());
}

void SelectionModel::select(std::vector<OutlineRef> outlines) {
    std::vector<OutlineRef> selected;
    std::set<OutlineRef> known;
    for (auto& outline : outlines) {
        if (exists(outline) && known.insert(outline).second) {
            selected.push_back(std::move(outline));
        }
    }
    if (selected != m_outlines) {
        m_outlines = std::move(selected);
        Q_EMIT changed();
    }
}

void SelectionModel::select(const std::optional<OutlineRef>& outline) {
    select(outline ? std::vector{*outline} : std::vector<OutlineRef>{});
}

void SelectionModel::follow(const QStringList& layers) {
    const bool touched = std::any_of(m_outlines.begin(), m_outlines.end(), [&](const auto& outline) {
        return layers.contains(text(outline.layer));
    });
    if (!touched) {
        return;
    }
    auto selected = successors();
    if (selected == m_outlines) {
        Q_EMIT edited();
    } else {
        select(std::move(selected));
    }
}

std::vector<OutlineRef> SelectionModel::successors() const {
    std::vector<OutlineRef> selected;
    for (const auto& outline : m_outlines) {
        if (const auto next = successor(outline); next) {
            selected.push_back(*next);
        }
    }
    return selected;
}

bool SelectionModel::exists(const OutlineRef& ref) const {
    const auto* session = m_workspace.session();
    return session != nullptr && session->outline(ref) != nullptr;
}

std::optional<OutlineRef> SelectionModel::successor(const OutlineRef& ref) const {
    if (exists(ref)) {
        return ref;
    }
    for (const auto& layer : m_workspace.session()->project().layers()) {
        if (const OutlineRef other{layer.name, ref.uuid}; exists(other)) {
            return other;
        }
    }
    return std::nullopt;
}

} // namespace nunatak::ui::session
