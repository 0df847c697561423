// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/hand_in_fields.h"

#include "base/error.h"
#include "ui/base/owned.h"
#include "ui/base/user_settings.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>

#include <optional>

namespace nunatak::ui::exchange {

namespace {

std::string said(const QLineEdit* field) {
    return field->text().trimmed().toStdString();
}

/// Metres; none where nothing is said.
std::optional<double> metres(const QLineEdit* field, const QString& label) {
    const QString text = field->text().trimmed();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    bool isNumber = false;
    double number = QLocale().toDouble(text, &isNumber);
    if (!isNumber) {
        number = text.toDouble(&isNumber);
    }
    if (!isNumber || !(number >= 0)) {
        throw Error(HandInFields::tr("%1: \"%2\" is no number of metres, such as 15.")
                        .arg(label, text)
                        .toStdString());
    }
    return number;
}

} // namespace

HandInFields::HandInFields(UserSettings& settings, QWidget* parent)
    : QGroupBox(tr("For whoever gets the outlines"), parent), m_settings(settings) {
    setObjectName(QStringLiteral("exportHandIn"));
    const HandInChoices last = settings.handInChoices();
    auto* forReadme = owned<QFormLayout>();
    m_title = field(forReadme, "exportTitle", tr("Title"), tr("made from the layer's"), {}, false);
    m_abstract = field(forReadme, "exportAbstract", tr("Abstract"), tr("made from the outlines"), {}, false);
    m_authors =
        field(forReadme, "exportAuthors", tr("Authors"), tr("Surname, Given name"), last.authors, false);
    m_licence =
        field(forReadme, "exportLicence", tr("Licence"), tr("such as CC BY 4.0"), last.licence, false);
    m_glims = owned<QWidget>();
    auto* forGlims = owned<QFormLayout>(m_glims);
    forGlims->setContentsMargins(0, 0, 0, 0);
    m_centre = field(forGlims, "exportCentre", tr("Regional centre"), tr("its number"), last.centre, true);
    m_area =
        field(forGlims, "exportArea", tr("Region"), tr("its name, such as Ötztal Alps"), last.area, true);
    m_affiliation =
        field(forGlims, "exportAffiliation", tr("Institution"), tr("that hands in"), last.affiliation, true);
    m_processing =
        field(forGlims, "exportProcessing", tr("Processing"), tr("made from what is known"), {}, true);
    m_local =
        field(forGlims, "exportLocal", tr("Error of a vertex"), tr("metres"), last.localUncertainty, true);
    m_global =
        field(forGlims, "exportGlobal", tr("Error of the image"), tr("metres"), last.globalUncertainty, true);
    auto* layout = owned<QHBoxLayout>(this);
    layout->addLayout(forReadme, 1);
    layout->addWidget(m_glims, 1);
    setGlims(false);
}

QLineEdit* HandInFields::field(QFormLayout* form, const char* name, const QString& label,
                               const QString& placeholder, const QString& value, bool isOfGlims) {
    auto* line = owned<QLineEdit>();
    line->setObjectName(QLatin1String(name));
    line->setPlaceholderText(placeholder);
    line->setText(value);
    form->addRow(label, line);
    // Of the README nothing is shown beforehand that these would change.
    if (isOfGlims) {
        connect(line, &QLineEdit::textChanged, this, &HandInFields::changed);
    }
    return line;
}

void HandInFields::setGlims(bool isOfGlims) {
    m_isOfGlims = isOfGlims;
    m_glims->setVisible(isOfGlims);
}

void HandInFields::addTo(tasks::ExportChoice& choice) const {
    choice.notes.title = said(m_title);
    choice.notes.abstract = said(m_abstract);
    choice.notes.authors = said(m_authors);
    choice.notes.licence = said(m_licence);
    if (m_isOfGlims) {
        choice.glims.centre = said(m_centre);
        choice.glims.area = said(m_area);
        choice.glims.affiliation = said(m_affiliation);
        choice.glims.processing = said(m_processing);
        choice.glims.localUncertainty = metres(m_local, tr("Error of a vertex"));
        choice.glims.globalUncertainty = metres(m_global, tr("Error of the image"));
    }
}

void HandInFields::remember() {
    const auto text = [](const QLineEdit* line) { return line->text().trimmed(); };
    m_settings.setHandInChoices({text(m_authors), text(m_licence), text(m_centre), text(m_area),
                                 text(m_affiliation), text(m_local), text(m_global)});
}

} // namespace nunatak::ui::exchange
