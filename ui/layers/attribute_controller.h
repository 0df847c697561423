// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "outlines/attribute_value.h"
#include "outlines/outline_ref.h"

#include <QObject>
#include <QString>

#include <functional>
#include <string>
#include <vector>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::layers {

class AttributeForm;

/// What is typed into attributes of the selected glaciers becomes a step of the history each, or is told why
/// not.
class AttributeController : public QObject {
    Q_OBJECT

public:
    /// Both outlive it.
    AttributeController(session::Workspace& workspace, AttributeForm& form);

    /// Whether what is selected can be changed: outlines of inventories and side layers.
    bool isEditable() const;

Q_SIGNALS:
    /// What was done to several glaciers just now, which undo takes back.
    void done(const QString& sentence);
    /// What was typed is what there is already, and is to be shown as it is there.
    void settled();

private:
    using Refs = std::vector<outlines::OutlineRef>;
    using Make = std::function<nunatak::editing::Edit(nunatak::editing::Draft draft, const Refs& refs)>;

    void type(const QString& name, const QString& text);
    void askForAttribute();
    /// Of the attribute in these outlines, else in their layer, else as it is known.
    outlines::AttributeType typeOf(const std::string& name, const Refs& refs) const;
    /// Does it to what is selected; what it throws is said beside the attribute.
    void change(const QString& name, const Make& make);

    session::Workspace& m_workspace;
    AttributeForm& m_form;
};

} // namespace nunatak::ui::layers
