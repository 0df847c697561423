// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/attribute_controller.h"

#include "base/error.h"
#include "editing/set_attribute.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/layers/add_attribute_dialog.h"
#include "ui/layers/attribute_form.h"
#include "ui/session/workspace.h"

#include <algorithm>
#include <optional>
#include <set>

namespace nunatak::ui::layers {

using outlines::AttributeType;
using session::Workspace;

AttributeController::AttributeController(Workspace& workspace, AttributeForm& form)
    : m_workspace(workspace), m_form(form) {
    connect(&m_form, &AttributeForm::typed, this, &AttributeController::type);
    connect(&m_form, &AttributeForm::wordsTyped, this,
            [this](const QString& name, const QString& added, const QString& removed) {
                change(name, [&](nunatak::editing::Draft draft, const Refs& refs) {
                    return nunatak::editing::changeWords(std::move(draft), refs, name.toStdString(),
                                                         added.toStdString(), removed.toStdString());
                });
            });
    connect(&m_form, &AttributeForm::removeRequested, this, [this](const QString& name) {
        change(name, [&](nunatak::editing::Draft draft, const Refs& refs) {
            return nunatak::editing::removeAttribute(std::move(draft), refs, name.toStdString());
        });
    });
    connect(&m_form, &AttributeForm::addRequested, this, &AttributeController::askForAttribute);
}

bool AttributeController::isEditable() const {
    const auto* session = m_workspace.session();
    const auto& refs = m_workspace.selection().outlines();
    return session != nullptr && !session->project().isReadOnly() &&
           std::none_of(refs.begin(), refs.end(), [session](const auto& ref) {
               return outlines::isReference(session->project().layer(ref.layer).kind);
           });
}

AttributeType AttributeController::typeOf(const std::string& name, const Refs& refs) const {
    if (name == outlines::nameAttribute || name == outlines::dateAttribute) {
        return outlines::attributeInfo(name)->type;
    }
    const auto* session = m_workspace.session();
    std::optional<AttributeType> ofNone; // of one without a value
    const auto look = [&](const outlines::OutlineHandle& outline) {
        const auto value = outline ? outlines::attributeOf(*outline, name) : std::nullopt;
        ofNone = value ? value->type() : ofNone;
        return value && !value->isNull();
    };
    for (const auto& ref : refs) {
        if (const auto outline = session->outline(ref); look(outline)) {
            return *ofNone;
        }
    }
    for (const auto& outline : session->project().outlines(refs.front().layer).all()) {
        if (look(outline)) {
            return *ofNone;
        }
    }
    const auto* info = outlines::attributeInfo(name);
    return ofNone ? *ofNone : info != nullptr ? info->type : AttributeType::Text;
}

void AttributeController::type(const QString& name, const QString& text) {
    change(name, [&](nunatak::editing::Draft draft, const Refs& refs) {
        const std::string attribute = name.toStdString();
        const auto value = outlines::typedAttribute(attribute, typeOf(attribute, refs), text.toStdString());
        nunatak::editing::throwUnlessFree(m_workspace.session()->project().outlines(refs.front().layer), refs,
                                          attribute, value);
        return nunatak::editing::setAttribute(std::move(draft), refs, attribute, value);
    });
}

void AttributeController::askForAttribute() {
    const auto* session = m_workspace.session();
    if (session == nullptr || m_workspace.selection().outlines().empty()) {
        return;
    }
    std::set<std::string> there;
    for (const auto& ref : m_workspace.selection().outlines()) {
        for (const auto& [name, value] : session->outline(ref)->attributes) {
            there.insert(name);
        }
    }
    auto* dialog = owned<AddAttributeDialog>(there, &m_form);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddAttributeDialog::chosen, this, [this](const QString& name, AttributeType type) {
        change(name, [&](nunatak::editing::Draft draft, const Refs& refs) {
            return nunatak::editing::addAttribute(std::move(draft), refs, name.toStdString(), type);
        });
    });
    dialog->open();
}

void AttributeController::change(const QString& name, const Make& make) {
    auto* session = m_workspace.session();
    const Refs refs = m_workspace.selection().outlines();
    if (session == nullptr || refs.empty()) {
        return;
    }
    nunatak::editing::EdgeIndices indices; // of no line that changes
    const nunatak::editing::Draft draft(
        [session](const std::string& layer) {
            return nunatak::editing::DraftLayer(&session->project().outlines(layer));
        },
        indices);
    try {
        nunatak::editing::Edit edit = make(draft, refs);
        edit.tool = "attributes";
        m_form.showProblem(name, {});
        if (edit.empty()) {
            Q_EMIT settled();
            return;
        }
        session->project().commit(edit, {session->pictureDrawn()});
        if (edit.changes.size() > 1) {
            Q_EMIT done(text(edit.description) + QLatin1Char('.'));
        }
    } catch (const Error& error) {
        m_form.showProblem(name, text(error.what()));
    }
}

} // namespace nunatak::ui::layers
