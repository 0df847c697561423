// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_ref.h"

#include <QObject>
#include <QStringList>

#include <optional>
#include <vector>

namespace nunatak::ui::session {

class Workspace;

/// Which outlines are selected: one answer for the view, the panels and the keys. It names outlines of the
/// open project that exist; what is taken out of the project is selected no more.
class SelectionModel : public QObject {
    Q_OBJECT

public:
    /// The workspace must outlive it.
    explicit SelectionModel(Workspace& workspace);

    /// Each once, in the order in which they were chosen.
    const std::vector<outlines::OutlineRef>& outlines() const { return m_outlines; }
    /// The one whose facts are shown and that keys act on: chosen last. None when nothing is selected.
    std::optional<outlines::OutlineRef> current() const;

    /// What does not exist is left out.
    void select(std::vector<outlines::OutlineRef> outlines);
    void select(const std::optional<outlines::OutlineRef>& outline);
    void clear() { select(std::nullopt); }

Q_SIGNALS:
    /// Others are selected now.
    void changed();
    /// The same are selected, and one of them has another shape, review or attribute.
    void edited();

private:
    void follow(const QStringList& layers);
    bool exists(const outlines::OutlineRef& ref) const;
    std::vector<outlines::OutlineRef> successors() const;
    /// It, or the outline of the same identity that another layer has; none when there is neither.
    std::optional<outlines::OutlineRef> successor(const outlines::OutlineRef& ref) const;

    Workspace& m_workspace;
    std::vector<outlines::OutlineRef> m_outlines;
};

} // namespace nunatak::ui::session
