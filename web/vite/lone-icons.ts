import type { Plugin } from 'vite';

/**
 * For the tests: takes each icon from its own file. The package's door for Node is one file with all five thousand, in
 * CommonJS, which asks for React itself.
 */
export function loneIcons(): Plugin {
  return {
    name: 'lone-icons',
    enforce: 'pre',
    transform: {
      filter: { code: '@tabler/icons-react', id: /\/src\/.*\.tsx?$/ },
      handler: (code) => ({
        code: code.replace(/import \{([^}]*)\} from '@tabler\/icons-react';/g, (_, names: string) =>
          names
            .split(',')
            .map((name) => name.trim())
            .filter((name) => name && !name.startsWith('type '))
            .map((name) => `import ${name} from '@tabler/icons-react/dist/esm/icons/${name}.mjs';`)
            .join(' '),
        ),
        map: null,
      }),
    },
  };
}
