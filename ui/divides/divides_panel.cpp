// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/divides/divides_panel.h"

#include "ui/base/owned.h"
#include "ui/divides/threshold_field.h"

#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <utility>

namespace nunatak::ui::divides {

namespace {

constexpr double squareMetres = 1e6; ///< of a km²

QString number(std::size_t count) {
    return QLocale().toString(static_cast<qulonglong>(count));
}

QComboBox* narrowBox(const char* name, const QString& tip) {
    auto* box = owned<QComboBox>();
    box->setObjectName(QLatin1String(name));
    box->setToolTip(tip);
    box->setMinimumContentsLength(8);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return box;
}

QLabel* wordsLabel(const char* name) {
    auto* label = owned<QLabel>();
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QPushButton* namedButton(const char* name, const QString& words, const QString& tip) {
    auto* button = owned<QPushButton>(words);
    button->setObjectName(QLatin1String(name));
    button->setToolTip(tip);
    return button;
}

} // namespace

DividesPanel::DividesPanel(QWidget* parent)
    : QWidget(parent), m_layer(narrowBox("divideLayer", tr("The layer whose glaciers are divided"))),
      m_which(narrowBox("divideWhich", tr("Which of its glaciers are divided"))),
      m_by(narrowBox("divideBy", tr("Where divides come from: the drainage divides of an elevation model, or "
                                    "an earlier inventory's, whose names and ids stay with the ice"))),
      m_area(owned<ThresholdField>(QStringLiteral("divideArea"),
                                   ThresholdField::Range{10, 1000, 3, tr(" km²")},
                                   nunatak::divides::Thresholds().area / squareMetres,
                                   tr("What is smaller joins the next glacier over the lowest saddle"))),
      m_saddle(owned<ThresholdField>(
          QStringLiteral("divideSaddle"), ThresholdField::Range{1000, 9000, 0, tr(" m")},
          nunatak::divides::Thresholds().saddle,
          tr("Two are one glacier where the saddle between them rises by no more above the higher of both "
             "outlets"))),
      m_summary(wordsLabel("divideSummary")),
      m_stop(namedButton("divideStop", tr("Stop"), tr("Stop looking for divides"))),
      m_list(owned<DivisionList>()), m_takenOut(wordsLabel("divideTakenOut")),
      m_putBack(namedButton("dividePutBack", tr("Put back"), tr("All divides that were taken out"))),
      m_lock(wordsLabel("divideLock")),
      m_start(namedButton("divideStartInventory", tr("Start inventory"),
                          tr("Make an inventory of the glaciers of this layer, which can be divided"))),
      m_accept(namedButton("divideAccept", tr("Divide"),
                           tr("Do what is shown, as one step that undo takes back"))),
      m_cancel(namedButton("divideCancel", tr("Cancel"), tr("Leave all as it is"))) {
    QFont bold = m_summary->font();
    bold.setBold(true);
    m_summary->setFont(bold);
    m_start->setIcon(QIcon::fromTheme(QStringLiteral("document-edit")));
    buildRules();
    connectParts();
    setMinimumWidth(280);
    setLocked({}, false);
    setTakenOut(0);
    clear();
}

void DividesPanel::buildRules() {
    m_by->addItem(tr("Elevation model"));
    m_by->addItem(tr("Another elevation model…"));
    auto* rules = owned<QFormLayout>();
    rules->setContentsMargins(0, 0, 0, 0);
    rules->setVerticalSpacing(4);
    rules->addRow(tr("Layer"), m_layer);
    rules->addRow(tr("Which"), m_which);
    rules->addRow(tr("Divided by"), m_by);
    rules->addRow(tr("Smallest area"), m_area);
    rules->addRow(tr("Height of saddle"), m_saddle);
    auto* said = owned<QHBoxLayout>();
    said->addWidget(m_summary, 1);
    said->addWidget(m_stop, 0, Qt::AlignTop);
    auto* above = owned<QVBoxLayout>();
    above->setContentsMargins(6, 6, 6, 6);
    above->setSpacing(6);
    above->addLayout(rules);
    above->addLayout(said);
    auto* hand = owned<QHBoxLayout>();
    hand->addWidget(m_takenOut, 1);
    hand->addWidget(m_putBack, 0, Qt::AlignTop);
    auto* buttons = owned<QHBoxLayout>();
    buttons->addStretch(1);
    buttons->addWidget(m_accept);
    buttons->addWidget(m_cancel);
    auto* below = owned<QVBoxLayout>();
    below->setContentsMargins(6, 6, 6, 6);
    below->setSpacing(6);
    below->addLayout(hand);
    below->addWidget(m_lock);
    below->addWidget(m_start, 0, Qt::AlignLeft);
    below->addLayout(buttons);
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(above);
    layout->addWidget(m_list, 1);
    layout->addLayout(below);
}

void DividesPanel::connectParts() {
    for (auto* box : {m_layer, m_which}) {
        connect(box, &QComboBox::activated, this, &DividesPanel::wanted);
    }
    connect(m_by, &QComboBox::activated, this, &DividesPanel::chooseBy);
    for (auto* field : {m_area, m_saddle}) {
        connect(field, &ThresholdField::changed, this, &DividesPanel::thresholdsChanged);
    }
    connect(m_list, &DivisionList::included, this, &DividesPanel::included);
    connect(m_list, &DivisionList::placeActivated, this, &DividesPanel::placeActivated);
    connect(m_stop, &QPushButton::clicked, this, &DividesPanel::stopRequested);
    connect(m_putBack, &QPushButton::clicked, this, &DividesPanel::putBackRequested);
    connect(m_start, &QPushButton::clicked, this, &DividesPanel::startInventoryRequested);
    connect(m_accept, &QPushButton::clicked, this, &DividesPanel::acceptRequested);
    connect(m_cancel, &QPushButton::clicked, this, &DividesPanel::cancelRequested);
}

void DividesPanel::setLayers(const QStringList& layers, const LayerTitle& title, const QString& wanted) {
    fillLayers(*m_layer, layers, title, wanted);
}

void DividesPanel::setLayer(const QString& layer) {
    m_layer->setCurrentIndex(m_layer->findData(layer));
}

QString DividesPanel::layer() const {
    return chosenLayer(*m_layer);
}

void DividesPanel::setCounts(std::size_t selected, std::size_t inView, std::size_t all) {
    const int chosen = m_which->currentIndex();
    m_which->clear();
    m_which->addItem(selected == 1 ? tr("The selected one") : tr("The %1 selected").arg(number(selected)));
    m_which->addItem(tr("The %1 in the view").arg(number(inView)));
    m_which->addItem(tr("All %1").arg(number(all)));
    m_which->setCurrentIndex(std::max(0, chosen));
    if (auto* items = qobject_cast<QStandardItemModel*>(m_which->model())) {
        items->item(static_cast<int>(Which::Selected))->setEnabled(selected > 0);
        items->item(static_cast<int>(Which::InView))->setEnabled(inView > 0);
    }
}

void DividesPanel::setWhich(Which which) {
    m_which->setCurrentIndex(static_cast<int>(which));
}

DividesPanel::Which DividesPanel::which() const {
    return static_cast<Which>(m_which->currentIndex());
}

void DividesPanel::setLike(const QStringList& layers, const LayerTitle& title) {
    const By chosen = m_chosen;
    constexpr int elevations = 2;
    while (m_by->count() > elevations) {
        m_by->removeItem(elevations);
    }
    for (const auto& layer : layers) {
        m_by->addItem(tr("Divides of %1").arg(title(layer)), layer);
    }
    setBy(chosen.what == By::What::Layer && !layers.contains(chosen.name) ? By() : chosen);
}

void DividesPanel::setBy(const By& by) {
    m_chosen = by;
    m_by->setItemText(1, by.what == By::What::File ? tr("Heights of %1").arg(QFileInfo(by.name).fileName())
                                                   : tr("Another elevation model…"));
    m_by->setCurrentIndex(by.what == By::What::Layer  ? m_by->findData(by.name)
                          : by.what == By::What::File ? 1
                                                      : 0);
    m_saddle->setEnabled(by.what != By::What::Layer);
}

DividesPanel::By DividesPanel::by() const {
    return m_chosen;
}

void DividesPanel::chooseBy() {
    if (m_by->currentIndex() == 1) {
        setBy(m_chosen); // until a file was chosen
        Q_EMIT fileWanted();
        return;
    }
    const auto layer = m_by->currentData().toString();
    setBy(layer.isEmpty() ? By() : By{By::What::Layer, layer});
    Q_EMIT wanted();
}

nunatak::divides::Thresholds DividesPanel::thresholds() const {
    return {m_area->value() * squareMetres, m_saddle->value()};
}

void DividesPanel::setLocked(const QString& why, bool offersInventory) {
    m_isLocked = !why.isEmpty();
    m_lock->setText(why);
    m_lock->setVisible(m_isLocked);
    m_start->setVisible(offersInventory);
    updateButtons();
}

void DividesPanel::setBusy(bool isBusy, const QString& sentence) {
    m_stop->setVisible(isBusy);
    if (isBusy) {
        m_summary->setText(sentence);
    }
}

void DividesPanel::showProblem(const QString& sentence) {
    clear();
    m_summary->setText(sentence);
}

void DividesPanel::showSummary(const QString& sentence) {
    m_summary->setText(sentence);
}

void DividesPanel::showDivisions(std::vector<DivisionList::Group> groups) {
    m_list->show(std::move(groups));
}

void DividesPanel::setReady(bool isReady) {
    m_isReady = isReady;
    updateButtons();
}

void DividesPanel::setTakenOut(std::size_t count) {
    m_takenOut->setVisible(count > 0);
    m_putBack->setVisible(count > 0);
    m_takenOut->setText(count == 1 ? tr("One divide was taken out.")
                                   : tr("%1 divides were taken out.").arg(number(count)));
}

void DividesPanel::clear() {
    setBusy(false);
    setReady(false);
    m_summary->clear();
    m_list->show({});
}

void DividesPanel::updateButtons() {
    m_accept->setEnabled(m_isReady && !m_isLocked);
}

} // namespace nunatak::ui::divides
