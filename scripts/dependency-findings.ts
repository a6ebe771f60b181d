/** What `package-lock.json` says of one installed package. */
interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly inBundle?: boolean;
  readonly link?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** The parts of `package.json` that say what may be installed. */
export interface Manifest {
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

/** Licences that let anybody deploy this into an account of their own, and change it. */
const ALLOWED_LICENCES: ReadonlySet<string> = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'MIT OR Apache-2.0',
  '(MIT OR GPL-3.0-or-later)',
  // File by file: it binds changes of those packages' own files only. Here: lightningcss, a build tool.
  'MPL-2.0',
]);

const PINNED = /^\d+\.\d+\.\d+$/;
/** Where people work on this: a native package without one of these parts breaks `npm ci` for them. */
const PLATFORMS = ['darwin arm64', 'linux x64', 'win32 x64'];
const PLATFORM_SUFFIX = /[-/](darwin|linux|linuxmusl|win32|freebsd|openbsd|netbsd|android|sunos|aix|openharmony).*$/;

/**
 * What is wrong with the project's dependencies, one line each with its remedy; nothing when all is well.
 * @param manifest `package.json`
 * @param lock `package-lock.json`
 */
export function dependencyFindings(manifest: Manifest, lock: LockFile): readonly string[] {
  const installed = Object.entries(lock.packages).filter(([path, { link }]) => path !== '' && !link);
  const declared = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  return [
    ...Object.entries(declared)
      .filter(([, version]) => !PINNED.test(version))
      .map(([name, version]) => `${name} is "${version}": pin one exact version.`),
    ...installed
      .filter(([, { license }]) => !ALLOWED_LICENCES.has(license ?? ''))
      .map(
        ([path, { license }]) =>
          `${path} has the licence "${license ?? 'none'}": replace it, or allow it here with a reason.`,
      ),
    ...installed
      .filter(([, { integrity, inBundle }]) => integrity === undefined && !inBundle)
      .map(([path]) => `${path} has no integrity hash: delete its entry and run npm install.`),
    ...installed
      .filter(([path, { hasInstallScript }]) => hasInstallScript && manifest.allowScripts?.[nameOf(path)] === undefined)
      .map(([path]) => `${path} wants to run a script at install: decide in package.json's allowScripts.`),
    ...missingPlatforms(installed),
  ];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function missingPlatforms(installed: readonly (readonly [string, LockedPackage])[]): readonly string[] {
  const native = installed.filter(([path, { os, cpu }]) => os && cpu && PLATFORM_SUFFIX.test(path));
  const families = Map.groupBy(native, ([path]) => path.replace(PLATFORM_SUFFIX, ''));
  return [...families].flatMap(([family, parts]) => {
    const there = new Set(parts.map(([, { os, cpu }]) => `${os?.[0]} ${cpu?.[0]}`));
    return PLATFORMS.filter((platform) => !there.has(platform)).map(
      (platform) => `${family} has no part for ${platform} in the lock: take a version that has one.`,
    );
  });
}
