/** The shapes of what the server says and of what the page knows. Types only. */

/** @typedef {import('../lib/model/parameterLayout.js').LayerSpec} LayerSpec */
/** @typedef {import('../lib/plot/diagramHitTest.js').Part} Part */
/** @typedef {import('../lib/plot/palette.js').Palette} Palette */
/** @typedef {import('../lib/format/requestSnippet.js').Request} Request */
/** @typedef {import('../transport/frame.js').Frame} Frame */
/** @typedef {import('../transport/frame.js').Score} Score */
/** @typedef {import('./slices/microscope.js').Microscope} Microscope */
/** @typedef {import('./slices/microscope.js').MicroscopeEvent} MicroscopeEvent */
/** @typedef {import('../lib/render/scene.js').FeatureNode} FeatureNode */
/** @typedef {import('../lib/render/scene.js').Pictures} Pictures */
/** @typedef {import('../lib/render/scene.js').Plane} Plane */

/** @typedef {'steps' | 'play' | 'pause' | 'reset' | 'rewind'} TrainingCommand */
/** @typedef {'patch' | 'parameters' | 'edit' | 'data' | 'rows'} EditCommand */
/** @typedef {Request & {name: TrainingCommand | EditCommand}} Command */

/**
 * @typedef {object} Spec
 * @property {'float64' | 'float32'} dtype
 * @property {number} seed
 * @property {{
 *   name?: string,
 *   examples?: number,
 *   noise?: number,
 *   train_fraction: number,
 *   seed: number,
 *   standardize: boolean,
 * }} data
 * @property {string[]} features
 * @property {LayerSpec[]} layers
 * @property {RegistryChoice} initializer
 * @property {string} loss
 * @property {RegistryChoice & {
 *   learning_rate: number,
 *   clip_norm: number | null,
 *   schedule: RegistryChoice,
 * }} optimizer
 * @property {{name: string, rate: number}} penalty
 * @property {number} batch_size
 * @property {string | null} tfplayground the link it came from, while it is still that
 * @property {boolean} shuffle
 * @property {string} dtype
 * @property {LayerFrozen[] | null} [frozen]
 */

/**
 * A registry's entry by its name, with the numbers it takes.
 * @typedef {{name: string} & {[field: string]: any}} RegistryChoice
 */
/** @typedef {import('../lib/model/frozen.js').LayerFrozen} LayerFrozen */
/**
 * When playing stops by itself, at the first of these.
 * @typedef {{
 *   train_loss?: number,
 *   test_loss?: number,
 *   epoch?: number,
 *   plateau?: {epochs: number, change: number},
 * }} StopConditions
 */

/**
 * Why it trains no further.
 * @typedef {{kind: string, values: Record<string, string | number | null>}} StopReason
 */

/**
 * @typedef {object} NetworkState
 * @property {string} id
 * @property {number} version
 * @property {number} data_version the version since which the examples are these
 * @property {'paused' | 'playing' | 'reached' | 'diverged'} status
 * @property {string | null} reason in the server's words
 * @property {StopReason | null} cause the same as numbers
 * @property {boolean} playing
 * @property {number} step
 * @property {number} epoch
 * @property {Score} train
 * @property {Score | null} test
 * @property {'classification' | 'regression'} task
 * @property {number} classes 0: regression
 * @property {Spec} spec
 * @property {{formula: string, nodes: FeatureNode[]}[]} features
 * @property {{mean: number[], scale: number[]} | null} standardization
 * @property {Plane | null} plane
 * @property {{modified: boolean}} start modified: set by hand, not drawn
 * @property {string[]} notes what of a TensorFlow Playground link is not the same here
 * @property {number | null} pace epochs per second; null: as fast as the server goes
 */

/** @typedef {{name: string, label: string, formula?: string}} Entry */
/**
 * With the numbers it takes, as they are when not given.
 * @typedef {{parameters: Record<string, number>}} Shaped
 */
/**
 * @typedef {Entry & {
 *   task: 'classification' | 'regression',
 *   classes: number,
 *   plane: Plane,
 *   examples: number,
 *   train_fraction: number,
 *   batch_size: number,
 *   thumbnail: [number, number, number][],
 * }} DatasetEntry
 */
/**
 * @typedef {object} Catalog
 * @property {(Entry & {derivative?: string, source?: {slope: string}})[]} activations source: in Python
 * @property {(Entry & {
 *   reads_logits?: boolean,
 *   classes: number,
 *   source?: {value: string, slope: string},
 * })[]} losses classes: how many it needs
 * @property {(Entry & Shaped & {learning_rate: number, full_batch: boolean})[]} optimizers
 * @property {(Entry & Shaped)[]} schedules
 * @property {(Entry & {step?: string})[]} penalties step: what it does in an update, as TeX
 * @property {(Entry & Shaped)[]} initializers
 * @property {DatasetEntry[]} datasets
 * @property {{formula: string, label: string, nodes?: FeatureNode[]}[]} features
 * @property {Record<string, number>} limits
 * @property {Spec} defaults
 */

/**
 * @typedef {object} Data
 * @property {'classification' | 'regression'} task
 * @property {number} classes
 * @property {number[][]} x
 * @property {number[][]} y
 * @property {number[]} labels
 * @property {string[] | null} class_names
 * @property {('train' | 'test')[]} split
 */

/**
 * One recorded moment of the loss curve.
 * @typedef {{epoch: number, step: number, train: number | null, test: number | null}} Row
 */

/**
 * @typedef {object} UiState how a person has set the page; none of it concerns the network
 * @property {'light' | 'dark' | 'contrast' | null} theme null: the system's
 * @property {'network' | 'boundary' | 'microscope' | null} projector what fills the screen in large, null: it
 *   is not projected
 * @property {boolean} testPoints
 * @property {boolean} discretize
 * @property {boolean} logarithmic
 * @property {import('./slices/charts.js').ChartName} chart what stands in the plane's place
 * @property {number | null} spaceLayer whose hidden space is looked at; null: the last hidden one
 * @property {'train' | 'test'} examined whose errors are looked at
 * @property {'example' | 'step' | 'epoch'} stepUnit
 * @property {number | null} pace epochs per second for the next play; null: as fast as it goes
 * @property {StopConditions} until when the next play stops by itself
 * @property {'all' | 'one' | 'none'} figures whose weights stand on the diagram as numbers: all, those of the
 *   unit chosen or pointed at, none
 * @property {'data' | 'own' | 'formula' | 'presets' | 'settings' | 'more' | 'rest' | 'help'
 *   | 'menu' | 'share' | 'file' | null} openPanel what is open over the page
 * @property {string[]} hides controls that a TensorFlow Playground link hides
 * @property {boolean} linkRead what is said of such a link has been read
 */

/**
 * @typedef {{
 *   width: number,
 *   height: number,
 *   board: number,
 *   rem: number,
 *   line: number,
 *   tiny: number,
 *   density: number,
 *   coarse: boolean,
 *   plain: boolean,
 *   used: boolean,
 * }} LayoutSizes sizes of the drawn parts in CSS pixels; line: the thinnest that means something; tiny: the
 *   smallest letters; coarse: a finger points; plain: the diagram has nothing to add to it; used: of the
 *   inputs only those that the network has
 */
/** @typedef {{status: 'starting' | 'live' | 'lost' | 'gone' | 'unreachable', seconds?: number}} Connection */

/**
 * @typedef {object} State
 * @property {Catalog | null} catalog
 * @property {NetworkState | null} network
 * @property {Frame | null} frame
 * @property {Row[]} curve
 * @property {Data | null} data
 * @property {Pictures | null} pictures
 * @property {Connection} connection
 * @property {{chosen: Part | null, pointed: Part | null}} selection
 * @property {UiState} ui
 * @property {Palette | null} palette
 * @property {LayoutSizes} layoutSizes
 * @property {string | null} trouble why the server can save nothing at the moment
 * @property {{status: number, message: string} | null} problem the last refusal, until something succeeds
 * @property {Request | null} request the last action as a REST call
 * @property {Microscope} microscope
 * @property {import('./slices/charts.js').Charts} charts
 * @property {import('./slices/drawing.js').Drawing} drawing
 * @property {import('./slices/csvImport.js').CsvImport} csvImport
 * @property {import('./slices/sharing.js').Sharing} sharing
 * @property {import('./slices/probe.js').Probe} probe
 * @property {import('./slices/runs.js').Runs} runs
 * @property {import('./slices/presets.js').Presets} presets
 * @property {import('./slices/undoHistory.js').Edits} edits
 * @property {Note | null} note what else a change has changed
 */

/** @typedef {{key: string, values: Record<string, string>}} Note */

/**
 * @typedef {{type: 'catalog', catalog: Catalog}
 *   | {type: 'network', network: NetworkState}
 *   | {type: 'joined'}
 *   | {type: 'frame', frame: Frame}
 *   | {type: 'history', rows: Row[]}
 *   | {type: 'data', data: Data}
 *   | {type: 'pictures', pictures: Pictures}
 *   | {type: 'connection', connection: Connection}
 *   | {type: 'choose', part: Part | null}
 *   | {type: 'point', part: Part | null}
 *   | {type: 'ui', change: Partial<UiState>}
 *   | {type: 'palette', palette: Palette}
 *   | {type: 'layoutSizes', change: Partial<LayoutSizes>}
 *   | {type: 'storage', trouble: string | null}
 *   | {type: 'problem', problem: {status: number, message: string} | null}
 *   | {type: 'request', request: Request}
 *   | {type: 'note', note: Note | null}
 *   | import('./slices/charts.js').ChartEvent
 *   | import('./slices/drawing.js').DrawingEvent
 *   | import('./slices/csvImport.js').CsvImportEvent
 *   | import('./slices/sharing.js').SharingEvent
 *   | import('./slices/probe.js').ProbeEvent
 *   | import('./slices/runs.js').RunEvent
 *   | import('./slices/presets.js').PresetEvent
 *   | import('./slices/undoHistory.js').EditEvent
 *   | MicroscopeEvent} Event
 */

export {};
